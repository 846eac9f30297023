// SPDX-License-Identifier: AGPL-3.0-only
/** Bindings to what the browser offers. */
@NullMarked
package org.myrhiza.browser.js;

import org.jspecify.annotations.NullMarked;

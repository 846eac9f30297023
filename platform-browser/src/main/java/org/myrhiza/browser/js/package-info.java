// SPDX-License-Identifier: AGPL-3.0-only

/** What every adapter of the page needs of JavaScript: callbacks and byte arrays. */
@NullMarked
package org.myrhiza.browser.js;

import org.jspecify.annotations.NullMarked;

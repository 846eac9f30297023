// SPDX-License-Identifier: AGPL-3.0-only

/** The browser's own WebAssembly as an engine of the bridge. */
@NullMarked
package org.myrhiza.browser.engine;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: AGPL-3.0-only
/** Compiled to JavaScript: what the wasm commands do, in a worker of a real browser. */
@NullMarked
package org.myrhiza.tools.worker;

import org.jspecify.annotations.NullMarked;

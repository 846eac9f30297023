// SPDX-License-Identifier: AGPL-3.0-only
/** Core WebAssembly modules made by hand, for tests. */
@NullMarked
package org.myrhiza.testkit.wasm;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: AGPL-3.0-only
/** Bounded reading and writing of WebAssembly binaries, with offsets in every error. */
@NullMarked
package org.myrhiza.wasm.binary;

import org.jspecify.annotations.NullMarked;

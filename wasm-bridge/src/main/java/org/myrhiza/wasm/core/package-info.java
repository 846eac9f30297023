// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Core WebAssembly modules: their model, a decoder, and a validator of types and stack discipline.
 */
@NullMarked
package org.myrhiza.wasm.core;

import org.jspecify.annotations.NullMarked;

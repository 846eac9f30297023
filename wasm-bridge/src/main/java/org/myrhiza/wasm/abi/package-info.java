// SPDX-License-Identifier: AGPL-3.0-only
/**
 * The Canonical ABI (CanonicalABI.md, definitions.py): how component values lie in a guest's memory
 * and in core arguments ({@link org.myrhiza.wasm.abi.Layout}, {@link
 * org.myrhiza.wasm.abi.Flatten}), reading them out ({@link org.myrhiza.wasm.abi.Lift}) and writing
 * them in ({@link org.myrhiza.wasm.abi.Lower}).
 */
@NullMarked
package org.myrhiza.wasm.abi;

import org.jspecify.annotations.NullMarked;

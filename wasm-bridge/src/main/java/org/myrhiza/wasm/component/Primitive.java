// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/**
 * The primitive value types that the first form carries. Floats come with the bridge feature set.
 */
public enum Primitive implements ValueType {
  /** {@code bool}. */
  BOOL,
  /** {@code s8}. */
  S8,
  /** {@code u8}. */
  U8,
  /** {@code s16}. */
  S16,
  /** {@code u16}. */
  U16,
  /** {@code s32}. */
  S32,
  /** {@code u32}. */
  U32,
  /** {@code s64}. */
  S64,
  /** {@code u64}. */
  U64,
  /** {@code char}: a Unicode scalar value. */
  CHAR,
  /** {@code string}. */
  STRING
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/** The primitive value types. */
public enum Primitive implements ValueType {
  /** {@code bool}. */
  BOOL("bool", 1),
  /** {@code s8}. */
  S8("s8", 1),
  /** {@code u8}. */
  U8("u8", 1),
  /** {@code s16}. */
  S16("s16", 2),
  /** {@code u16}. */
  U16("u16", 2),
  /** {@code s32}. */
  S32("s32", 4),
  /** {@code u32}. */
  U32("u32", 4),
  /** {@code s64}. */
  S64("s64", 8),
  /** {@code u64}. */
  U64("u64", 8),
  /** {@code f32}: every NaN is the canonical one. */
  F32("f32", 4),
  /** {@code f64}: every NaN is the canonical one. */
  F64("f64", 8),
  /** {@code char}: a Unicode scalar value. */
  CHAR("char", 4),
  /** {@code string}: an address and a length in memory. */
  STRING("string", 8);

  private final String text;
  private final int size;

  Primitive(String text, int size) {
    this.text = text;
    this.size = size;
  }

  /** The name in WIT. */
  public String text() {
    return text;
  }

  /** Bytes in a memory of 32-bit addresses. */
  public int size() {
    return size;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/**
 * An initial value or a segment's place: one constant instruction.
 *
 * @param kind which instruction
 * @param bits its immediate: the number's bits, the index, or the code of the reference type
 * @param offset where it stands
 */
public record ConstantExpression(Kind kind, long bits, int offset) {
  /** The instructions that are constant. */
  public enum Kind {
    /** {@code i32.const}; the bits are sign-extended. */
    I32,
    /** {@code i64.const}. */
    I64,
    /** {@code f32.const}; the 32 bits in the low half. */
    F32,
    /** {@code f64.const}. */
    F64,
    /** {@code global.get} of a global. */
    GLOBAL,
    /** {@code ref.null} of a type. */
    NULL,
    /** {@code ref.func} of a function. */
    FUNCTION
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import org.myrhiza.wasm.binary.WasmException;

/** The core features that the bridge recognises and does not have: a closed list. */
public enum CoreFeature {
  /** Vectors of 128 bits. */
  SIMD("simd"),
  /** Shared memories and atomic instructions. */
  THREADS("threads"),
  /** {@code return_call} and its kin. */
  TAIL_CALLS("tail-calls"),
  /** Tags, {@code throw} and {@code try_table}: in the bridge set only, and without metering. */
  EXCEPTIONS("exceptions"),
  /** Exceptions as values: {@code exnref}, {@code throw_ref} and what catches with a reference. */
  EXCEPTION_REFERENCES("exception-references"),
  /** Structs, arrays and their types. */
  GC("gc"),
  /** References of a precise function type. */
  TYPED_FUNCTION_REFERENCES("typed-function-references"),
  /** Memories and tables with 64-bit indices. */
  MEMORY64("memory64"),
  /** More than one memory: in the bridge set only. */
  MULTI_MEMORY("multi-memory"),
  /** Arithmetic in constant expressions. */
  EXTENDED_CONST("extended-const"),
  /** Pages of another size than 64 KiB. */
  CUSTOM_PAGE_SIZES("custom-page-sizes"),
  /** 128-bit arithmetic on pairs of {@code i64}. */
  WIDE_ARITHMETIC("wide-arithmetic");

  private final String text;

  CoreFeature(String text) {
    this.text = text;
  }

  /** The name used in {@code Unsupported}. */
  public String text() {
    return text;
  }

  /**
   * The refusal of a use of it.
   *
   * @param offset where
   */
  public WasmException at(int offset) {
    return WasmException.unsupported(text, offset);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/** A core value type (core specification, section 2.3). */
public enum ValueType {
  /** 32-bit integer. */
  I32(0x7F, "i32"),
  /** 64-bit integer. */
  I64(0x7E, "i64"),
  /** Single float. */
  F32(0x7D, "f32"),
  /** Double float. */
  F64(0x7C, "f64"),
  /** Reference to a function, or null. */
  FUNCREF(0x70, "funcref"),
  /** Reference that belongs to the host, or null. */
  EXTERNREF(0x6F, "externref");

  private final int code;
  private final String text;

  ValueType(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The byte that stands for it in binaries. */
  public int code() {
    return code;
  }

  /** Its name in the text format. */
  public String text() {
    return text;
  }

  /** Whether it is a float. */
  public boolean isFloat() {
    return this == F32 || this == F64;
  }

  /** Whether it is a reference. */
  public boolean isReference() {
    return this == FUNCREF || this == EXTERNREF;
  }

  /** The name of the type with a code, for messages; "any" for the unknown type. */
  static String nameOf(int code) {
    for (ValueType type : values()) {
      if (type.code == code) {
        return type.text;
      }
    }
    return "any";
  }
}

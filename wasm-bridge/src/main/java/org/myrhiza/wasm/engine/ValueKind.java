// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** A core number type. */
public enum ValueKind {
  /** 32 bits. */
  I32,
  /** 64 bits. */
  I64,
  /** The 32 bits of a single float. */
  F32,
  /** The 64 bits of a double float. */
  F64
}

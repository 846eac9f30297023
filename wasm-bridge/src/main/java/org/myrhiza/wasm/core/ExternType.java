// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/** The type of an import or an export. */
public sealed interface ExternType {
  /**
   * A function.
   *
   * @param type what it takes and gives
   */
  record Function(FunctionType type) implements ExternType {}

  /**
   * A table.
   *
   * @param element what it holds, a reference type
   * @param extent its size in elements
   */
  record Table(ValueType element, Extent extent) implements ExternType {}

  /**
   * A linear memory.
   *
   * @param extent its size in pages
   */
  record Memory(Extent extent) implements ExternType {}

  /**
   * A global.
   *
   * @param type what it holds
   * @param mutable whether it can be set
   */
  record Global(ValueType type, boolean mutable) implements ExternType {}

  /**
   * A tag of exceptions.
   *
   * @param type its parameters are what an exception carries; it has no results
   */
  record Tag(FunctionType type) implements ExternType {}
}

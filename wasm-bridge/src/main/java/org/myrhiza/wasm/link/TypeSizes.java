// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;

/** How large types are, written out as trees: what a walk over one costs, and its layout. */
final class TypeSizes {
  private TypeSizes() {}

  /** All parameters and the result. */
  static int of(FunctionType type) {
    int size = type.result() == null ? 0 : of(type.result());
    for (ValueType.Field p : type.params()) {
      size += of(p.type());
    }
    return size;
  }

  private static int of(ValueType type) {
    int size = type instanceof ValueType.VariantOf v ? 1 + v.cases().size() : 1;
    for (ValueType part : type.parts()) {
      size += of(part);
    }
    return size;
  }
}

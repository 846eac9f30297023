// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.CanonicalOptions;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.core.FeatureSet;

/** What feature sets leave out of the component model, beside core instructions. */
final class Policy {
  private Policy() {}

  static void checkResource(FeatureSet set, int offset) throws WasmException {
    if (set == FeatureSet.DETERMINISTIC) {
      throw WasmException.refused(offset, "resource types", "one", "none in the deterministic set");
    }
  }

  static void check(FeatureSet set, FunctionType type, CanonicalOptions options, int offset)
      throws WasmException {
    if (set != FeatureSet.BRIDGE && options.encoding() != StringEncoding.UTF8) {
      throw WasmException.refused(
          offset, "string encoding", options.encoding().text(), StringEncoding.UTF8.text());
    }
    if (set == FeatureSet.DETERMINISTIC) {
      for (ValueType.Field p : type.params()) {
        requireNoFloat(p.type(), offset);
      }
      if (type.result() != null) {
        requireNoFloat(type.result(), offset);
      }
    }
  }

  private static void requireNoFloat(ValueType type, int offset) throws WasmException {
    if (type == Primitive.F32 || type == Primitive.F64) {
      throw WasmException.refused(
          offset, "floats", ((Primitive) type).text(), "none in the deterministic set");
    }
    for (ValueType part : type.parts()) {
      requireNoFloat(part, offset);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.ValueType;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.ValueKind;

/** Core types of modules beside those of the engine port. */
final class CoreTypes {
  private CoreTypes() {}

  static ExternType.Function function(CoreSignature signature) {
    return new ExternType.Function(
        new FunctionType(
            signature.params().stream().map(CoreTypes::type).toList(),
            signature.results().stream().map(CoreTypes::type).toList()));
  }

  private static ValueType type(ValueKind kind) {
    return switch (kind) {
      case I32 -> ValueType.I32;
      case I64 -> ValueType.I64;
      case F32 -> ValueType.F32;
      case F64 -> ValueType.F64;
    };
  }
}

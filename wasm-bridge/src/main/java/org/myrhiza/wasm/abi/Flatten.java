// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.List;
import org.myrhiza.wasm.component.CoreSignatures;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.core.ValueType;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.ValueKind;

/** Core signatures of component functions, as engines want them. */
public final class Flatten {
  /** More flat parameters than these are spilled to memory. */
  public static final int MAX_PARAMS = CoreSignatures.MAX_PARAMS;

  /** More flat results than these are spilled to memory. */
  public static final int MAX_RESULTS = CoreSignatures.MAX_RESULTS;

  private Flatten() {}

  /** What the core function under {@code canon lift} must look like. */
  public static CoreSignature lifted(FunctionType type) {
    return signature(CoreSignatures.lifted(type));
  }

  /** What the core function made by {@code canon lower} looks like. */
  public static CoreSignature lowered(FunctionType type) {
    return signature(CoreSignatures.lowered(type));
  }

  private static CoreSignature signature(org.myrhiza.wasm.core.FunctionType type) {
    return new CoreSignature(kinds(type.params()), kinds(type.results()));
  }

  private static List<ValueKind> kinds(List<ValueType> types) {
    return types.stream().map(Flatten::kind).toList();
  }

  private static ValueKind kind(ValueType type) {
    return switch (type) {
      case I32 -> ValueKind.I32;
      case I64 -> ValueKind.I64;
      case F32 -> ValueKind.F32;
      case F64 -> ValueKind.F64;
      case FUNCREF, EXTERNREF ->
          throw new IllegalArgumentException("a component's value is no " + type.text());
    };
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/**
 * What a function's type asks of its canonical options.
 *
 * @param params some parameter holds a list or string
 * @param result the result holds a list or string
 * @param spilledParams the parameters do not fit core ones
 * @param spilledResult the result does not fit a core one
 */
record Needs(boolean params, boolean result, boolean spilledParams, boolean spilledResult) {
  static Needs of(FunctionType type) {
    boolean params = false;
    int flat = 0;
    for (ValueType.Field p : type.params()) {
      params |= pointers(p.type());
      flat += Layout.of(p.type()).flatCount();
    }
    ValueType result = type.result();
    return new Needs(
        params,
        pointers(result),
        flat > Flatten.MAX_PARAMS,
        result != null && Layout.of(result).flatCount() > Flatten.MAX_RESULTS);
  }

  private static boolean pointers(@Nullable ValueType type) {
    return switch (type) {
      case null -> false;
      case Primitive p -> p == Primitive.STRING;
      case ValueType.ListOf l -> true;
      case ValueType.RecordOf r -> r.fields().stream().anyMatch(f -> pointers(f.type()));
      case ValueType.TupleOf t -> t.elements().stream().anyMatch(Needs::pointers);
      case ValueType.VariantOf v -> v.cases().stream().anyMatch(c -> pointers(c.type()));
      case ValueType.EnumOf e -> false;
      case ValueType.FlagsOf f -> false;
      case ValueType.OptionOf o -> pointers(o.element());
      case ValueType.ResultOf r -> pointers(r.ok()) || pointers(r.error());
    };
  }
}

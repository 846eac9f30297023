// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;

/** The types directly inside a value type: what every walk over types needs. */
final class Parts {
  private Parts() {}

  /** The parts, in order; none for primitives, labels and handles. */
  static List<ValueType> of(ValueType type) {
    return switch (type) {
      case Primitive p -> List.of();
      case ValueType.EnumOf e -> List.of();
      case ValueType.FlagsOf f -> List.of();
      case ValueType.OwnOf o -> List.of();
      case ValueType.BorrowOf b -> List.of();
      case ValueType.ListOf l -> List.of(l.element());
      case ValueType.FixedListOf l -> List.of(l.element());
      case ValueType.OptionOf o -> List.of(o.element());
      case ValueType.MapOf m -> List.of(m.key(), m.value());
      case ValueType.TupleOf t -> t.elements();
      case ValueType.RecordOf r -> r.fields().stream().map(ValueType.Field::type).toList();
      case ValueType.ResultOf r -> {
        List<ValueType> out = new ArrayList<>();
        if (r.ok() != null) {
          out.add(r.ok());
        }
        if (r.error() != null) {
          out.add(r.error());
        }
        yield out;
      }
      case ValueType.VariantOf v -> {
        List<ValueType> out = new ArrayList<>();
        for (ValueType.Case c : v.cases()) {
          if (c.type() != null) {
            out.add(c.type());
          }
        }
        yield out;
      }
    };
  }
}

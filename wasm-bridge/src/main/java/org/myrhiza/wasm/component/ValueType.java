// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolved value type. Value types are structural: two are equal when they are written alike,
 * field and case names included, which is what {@code equals} says.
 */
public sealed interface ValueType
    permits Primitive,
        ValueType.ListOf,
        ValueType.RecordOf,
        ValueType.TupleOf,
        ValueType.VariantOf,
        ValueType.EnumOf,
        ValueType.FlagsOf,
        ValueType.OptionOf,
        ValueType.ResultOf {

  /** {@code list<element>}. */
  record ListOf(ValueType element) implements ValueType {}

  /** {@code record}, at least one field. */
  record RecordOf(List<Field> fields) implements ValueType {
    /** Copies the list. */
    public RecordOf {
      fields = List.copyOf(fields);
      requireSome(fields.size());
    }
  }

  /** {@code tuple}, at least one element. */
  record TupleOf(List<ValueType> elements) implements ValueType {
    /** Copies the list. */
    public TupleOf {
      elements = List.copyOf(elements);
      requireSome(elements.size());
    }
  }

  /** {@code variant}, at least one case. */
  record VariantOf(List<Case> cases) implements ValueType {
    /** Copies the list. */
    public VariantOf {
      cases = List.copyOf(cases);
      requireSome(cases.size());
    }
  }

  /** {@code enum}, at least one label. */
  record EnumOf(List<String> labels) implements ValueType {
    /** Copies the list. */
    public EnumOf {
      labels = List.copyOf(labels);
      requireSome(labels.size());
    }
  }

  /** {@code flags}, 1 to 32 labels. */
  record FlagsOf(List<String> labels) implements ValueType {
    /** Copies the list. */
    public FlagsOf {
      labels = List.copyOf(labels);
      requireSome(labels.size());
    }
  }

  /** {@code option<element>}. */
  record OptionOf(ValueType element) implements ValueType {}

  /** {@code result<ok, error>}, each with or without a payload. */
  record ResultOf(@Nullable ValueType ok, @Nullable ValueType error) implements ValueType {}

  /** A named part of a record. */
  record Field(String name, ValueType type) {}

  /** A case of a variant, with or without a payload. */
  record Case(String name, @Nullable ValueType type) {}

  private static void requireSome(int count) {
    if (count == 0) {
      throw new IllegalArgumentException("a type without parts");
    }
  }
}

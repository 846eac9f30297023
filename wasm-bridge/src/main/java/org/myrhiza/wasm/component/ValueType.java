// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolved value type. Value types are structural: two are equal when they are written alike,
 * field and case names included, which is what {@code equals} says. Handles are equal when their
 * resource types are the same.
 *
 * <p>Records, variants, enums, flags and handles carry a mark: which definition, import or export
 * gave them their name. It decides what may be seen from outside and is no part of equality.
 */
public sealed interface ValueType
    permits Primitive,
        ValueType.ListOf,
        ValueType.FixedListOf,
        ValueType.MapOf,
        ValueType.RecordOf,
        ValueType.TupleOf,
        ValueType.VariantOf,
        ValueType.EnumOf,
        ValueType.FlagsOf,
        ValueType.OptionOf,
        ValueType.ResultOf,
        ValueType.OwnOf,
        ValueType.BorrowOf {

  /** The types directly inside, in order; none for primitives, labels and handles. */
  default List<ValueType> parts() {
    return Parts.of(this);
  }

  /** The mark of types that were not read from a component. */
  int UNMARKED = 0;

  /** The mark under which a type is known; {@link #UNMARKED} where its parts decide. */
  default int mark() {
    return UNMARKED;
  }

  /** {@code list<element>}. */
  record ListOf(ValueType element) implements ValueType {}

  /** {@code list<element, length>}, the length at least 1. */
  record FixedListOf(ValueType element, int length) implements ValueType {}

  /** {@code map<key, value>}: like a list of pairs. */
  record MapOf(ValueType key, ValueType value) implements ValueType {}

  /** {@code record}, at least one field. */
  record RecordOf(List<Field> fields, int mark) implements ValueType {
    /** Copies the list. */
    public RecordOf {
      fields = List.copyOf(fields);
      requireSome(fields.size());
    }

    /** A record that no component names. */
    public RecordOf(List<Field> fields) {
      this(fields, UNMARKED);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof RecordOf o && fields.equals(o.fields);
    }

    @Override
    public int hashCode() {
      return fields.hashCode();
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
  record VariantOf(List<Case> cases, int mark) implements ValueType {
    /** Copies the list. */
    public VariantOf {
      cases = List.copyOf(cases);
      requireSome(cases.size());
    }

    /** A variant that no component names. */
    public VariantOf(List<Case> cases) {
      this(cases, UNMARKED);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof VariantOf o && cases.equals(o.cases);
    }

    @Override
    public int hashCode() {
      return cases.hashCode();
    }
  }

  /** {@code enum}, at least one label. */
  record EnumOf(List<String> labels, int mark) implements ValueType {
    /** Copies the list. */
    public EnumOf {
      labels = List.copyOf(labels);
      requireSome(labels.size());
    }

    /** An enum that no component names. */
    public EnumOf(List<String> labels) {
      this(labels, UNMARKED);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof EnumOf o && labels.equals(o.labels);
    }

    @Override
    public int hashCode() {
      return labels.hashCode();
    }
  }

  /** {@code flags}, 1 to 32 labels. */
  record FlagsOf(List<String> labels, int mark) implements ValueType {
    /** Copies the list. */
    public FlagsOf {
      labels = List.copyOf(labels);
      requireSome(labels.size());
    }

    /** Flags that no component names. */
    public FlagsOf(List<String> labels) {
      this(labels, UNMARKED);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof FlagsOf o && labels.equals(o.labels);
    }

    @Override
    public int hashCode() {
      return labels.hashCode();
    }
  }

  /** {@code option<element>}. */
  record OptionOf(ValueType element) implements ValueType {}

  /** {@code result<ok, error>}, each with or without a payload. */
  record ResultOf(@Nullable ValueType ok, @Nullable ValueType error) implements ValueType {}

  /** {@code own<resource>}: the handle that disposes of it. */
  record OwnOf(ResourceType resource, int mark) implements ValueType {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OwnOf o && resource == o.resource;
    }

    @Override
    public int hashCode() {
      return resource.id();
    }
  }

  /** {@code borrow<resource>}: a handle for the length of one call. */
  record BorrowOf(ResourceType resource, int mark) implements ValueType {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof BorrowOf o && resource == o.resource;
    }

    @Override
    public int hashCode() {
      return ~resource.id();
    }
  }

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

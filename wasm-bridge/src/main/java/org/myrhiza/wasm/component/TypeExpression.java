// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type as the binary has it: parts are primitive or indices into the type index space. */
public sealed interface TypeExpression {
  /** A value type. */
  sealed interface OfValue extends TypeExpression {}

  /** A primitive under a name of its own. */
  record OfPrimitive(Primitive primitive) implements OfValue {}

  /** {@code list}. */
  record OfList(Reference element) implements OfValue {}

  /** {@code record}. */
  record OfRecord(List<Named> fields) implements OfValue {}

  /** {@code tuple}. */
  record OfTuple(List<Reference> elements) implements OfValue {}

  /** {@code variant}. */
  record OfVariant(List<MaybeNamed> cases) implements OfValue {}

  /** {@code enum}. */
  record OfEnum(List<String> labels) implements OfValue {}

  /** {@code flags}. */
  record OfFlags(List<String> labels) implements OfValue {}

  /** {@code option}. */
  record OfOption(Reference element) implements OfValue {}

  /** {@code result}. */
  record OfResult(@Nullable Reference ok, @Nullable Reference error) implements OfValue {}

  /** {@code list} of a fixed length. */
  record OfFixedList(Reference element, int length) implements OfValue {}

  /** {@code map}. */
  record OfMap(Reference key, Reference value) implements OfValue {}

  /** {@code own} of the resource type at the index. */
  record OfOwn(int resource) implements OfValue {}

  /** {@code borrow} of the resource type at the index. */
  record OfBorrow(int resource) implements OfValue {}

  /** A resource type; the destructor is a core function's index or {@link #NO_DESTRUCTOR}. */
  record OfResource(int destructor) implements TypeExpression {
    /** The index of no destructor. */
    public static final int NO_DESTRUCTOR = -1;
  }

  /** A function type. */
  record OfFunction(List<Named> params, @Nullable Reference result) implements TypeExpression {}

  /** An instance type: declarations in a scope of their own. */
  record OfInstance(List<Definition> declarations) implements TypeExpression {}

  /** A component type: declarations in a scope of their own. */
  record OfComponent(List<Definition> declarations) implements TypeExpression {}

  /** A part of a type. */
  sealed interface Reference {}

  /** A primitive. */
  record Direct(Primitive primitive) implements Reference {}

  /** The type at the index. */
  record Indexed(int index) implements Reference {}

  /** A field or parameter. */
  record Named(String name, Reference type) {}

  /** A case, with or without a payload. */
  record MaybeNamed(String name, @Nullable Reference type) {}
}

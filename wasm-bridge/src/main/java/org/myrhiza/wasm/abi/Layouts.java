// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ResourceType;
import org.myrhiza.wasm.component.ValueType;

/** Makes layouts (CanonicalABI.md, Alignment, Element Size, Flattening). */
public final class Layouts {
  /** Layouts of types without handles. */
  static Layouts withoutHandles() {
    return new Layouts(type -> {
      throw new IllegalArgumentException("a handle where there are no resource types");
    });
  }

  private final ToIntFunction<ResourceType> numbers;

  /** {@code numbers} says which number a resource type has in its component. */
  public Layouts(ToIntFunction<ResourceType> numbers) {
    this.numbers = numbers;
  }

  /** The layout of a type. */
  public Layout of(ValueType type) {
    return switch (type) {
      case Primitive p ->
          p == Primitive.STRING ? new Layout.Text() : new Layout.Scalar(p, p.size());
      case ValueType.ListOf l -> list(l.element());
      case ValueType.MapOf m -> new Layout.Items(group(List.of(m.key(), m.value())));
      case ValueType.FixedListOf l -> new Layout.FixedItems(of(l.element()), l.length());
      case ValueType.RecordOf r -> group(r.fields().stream().map(ValueType.Field::type).toList());
      case ValueType.TupleOf t -> group(t.elements());
      case ValueType.VariantOf v ->
          choice(v.cases().stream().map(ValueType.Case::type).toArray(ValueType[]::new));
      case ValueType.EnumOf e -> choice(new @Nullable ValueType[e.labels().size()]);
      case ValueType.OptionOf o -> choice(null, o.element());
      case ValueType.ResultOf r -> choice(r.ok(), r.error());
      case ValueType.FlagsOf f -> flags(f.labels().size());
      case ValueType.OwnOf o -> new Layout.Handle(numbers.applyAsInt(o.resource()), true);
      case ValueType.BorrowOf b -> new Layout.Handle(numbers.applyAsInt(b.resource()), false);
    };
  }

  private Layout list(ValueType element) {
    if (element == Primitive.U8) {
      return new Layout.Octets();
    }
    boolean copied =
        element instanceof Primitive p
            && p != Primitive.BOOL
            && p != Primitive.CHAR
            && p != Primitive.STRING;
    return copied ? new Layout.Numbers((Primitive) element) : new Layout.Items(of(element));
  }

  /** The layout of parts one after the other, as in a record; the parts may be none. */
  public Layout.Group group(List<ValueType> types) {
    return new Layout.Group(types.stream().map(this::of).toList());
  }

  private Layout.Choice choice(@Nullable ValueType... types) {
    @Nullable Layout[] payloads = new Layout[types.length];
    for (int i = 0; i < types.length; i++) {
      ValueType type = types[i];
      payloads[i] = type == null ? null : of(type);
    }
    return new Layout.Choice(payloads);
  }

  private static Layout.Flags flags(int labels) {
    if (labels <= 8) {
      return new Layout.Flags(labels, 1);
    }
    return new Layout.Flags(labels, labels <= 16 ? 2 : 4);
  }
}

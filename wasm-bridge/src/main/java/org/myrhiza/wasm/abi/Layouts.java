// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ResourceType;
import org.myrhiza.wasm.component.ValueType;

/** Makes layouts (CanonicalABI.md, Alignment, Element Size, Flattening). */
public final class Layouts {
  private static final Layout.Payload NOTHING = new Layout.Payload(null);

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
      case ValueType.VariantOf v -> {
        List<Layout.Payload> cases = new ArrayList<>();
        for (ValueType.Case c : v.cases()) {
          cases.add(payload(c.type()));
        }
        yield choice(List.copyOf(cases));
      }
      case ValueType.EnumOf e -> choice(Collections.nCopies(e.labels().size(), NOTHING));
      case ValueType.OptionOf o -> choice(List.of(payload(null), payload(o.element())));
      case ValueType.ResultOf r -> choice(List.of(payload(r.ok()), payload(r.error())));
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
    List<Layout> parts = new ArrayList<>();
    List<Integer> offsets = new ArrayList<>();
    int at = 0;
    int alignment = 1;
    int flat = 0;
    for (ValueType type : types) {
      Layout part = of(type);
      at = Layout.align(at, part.alignment());
      parts.add(part);
      offsets.add(at);
      at += part.size();
      alignment = Math.max(alignment, part.alignment());
      flat = Math.min(flat + part.flatCount(), Layout.FLAT_COUNT_END);
    }
    int size = Layout.align(at, alignment);
    return new Layout.Group(List.copyOf(parts), List.copyOf(offsets), size, alignment, flat);
  }

  private Layout.Payload payload(@Nullable ValueType type) {
    return type == null ? NOTHING : new Layout.Payload(of(type));
  }

  private static Layout.Flags flags(int labels) {
    if (labels <= 8) {
      return new Layout.Flags(labels, 1);
    }
    return new Layout.Flags(labels, labels <= 16 ? 2 : 4);
  }

  private static Layout.Choice choice(List<Layout.Payload> cases) {
    int n = cases.size();
    int discriminant = n <= 0x100 ? 1 : n <= 0x10000 ? 2 : 4;
    int payloadAlignment = 1;
    int payloadSize = 0;
    int flat = 0;
    for (Layout.Payload c : cases) {
      if (c.payload() != null) {
        payloadAlignment = Math.max(payloadAlignment, c.payload().alignment());
        payloadSize = Math.max(payloadSize, c.payload().size());
        flat = Math.max(flat, c.payload().flatCount());
      }
    }
    int offset = Layout.align(discriminant, payloadAlignment);
    int alignment = Math.max(discriminant, payloadAlignment);
    int size = Layout.align(offset + payloadSize, alignment);
    return new Layout.Choice(cases, discriminant, offset, size, alignment, 1 + flat);
  }
}

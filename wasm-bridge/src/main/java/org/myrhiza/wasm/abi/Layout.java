// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/**
 * A value type with everything precomputed that lifting and lowering need: size and alignment in
 * memory in bytes, and the number of core values when flat. Made once per function, not per call.
 */
public sealed interface Layout {
  /** Bytes in memory, a multiple of the alignment, at least 1. */
  int size();

  /** 1, 2, 4 or 8. */
  int alignment();

  /** Core values when flat, at least 1. */
  int flatCount();

  /** A number, boolean or character. */
  record Scalar(Primitive type, int size) implements Layout {
    @Override
    public int alignment() {
      return size;
    }

    @Override
    public int flatCount() {
      return 1;
    }
  }

  /** {@code string}: address and length in bytes. */
  record Text() implements Layout {
    @Override
    public int size() {
      return POINTER_PAIR;
    }

    @Override
    public int alignment() {
      return POINTER;
    }

    @Override
    public int flatCount() {
      return 2;
    }
  }

  /** {@code list<u8>}: address and length. */
  record Octets() implements Layout {
    @Override
    public int size() {
      return POINTER_PAIR;
    }

    @Override
    public int alignment() {
      return POINTER;
    }

    @Override
    public int flatCount() {
      return 2;
    }
  }

  /** {@code list} of anything else: address and number of elements. */
  record Items(Layout element) implements Layout {
    @Override
    public int size() {
      return POINTER_PAIR;
    }

    @Override
    public int alignment() {
      return POINTER;
    }

    @Override
    public int flatCount() {
      return 2;
    }
  }

  /** {@code record} and {@code tuple}: parts and where each begins. */
  record Group(List<Layout> parts, List<Integer> offsets, int size, int alignment, int flatCount)
      implements Layout {}

  /** {@code flags}: a bit set of 1, 2 or 4 bytes. */
  record Flags(int labels, int size) implements Layout {
    @Override
    public int alignment() {
      return size;
    }

    @Override
    public int flatCount() {
      return 1;
    }
  }

  /** {@code variant enum option result}: a discriminant, then the case's payload. */
  record Choice(
      List<Payload> cases,
      int discriminantSize,
      int payloadOffset,
      int size,
      int alignment,
      int flatCount)
      implements Layout {}

  /**
   * What a case carries.
   *
   * @param payload its layout, or null when it carries nothing
   */
  record Payload(@Nullable Layout payload) {}

  /** Bytes of an address or a length. */
  int POINTER = 4;

  /** Bytes of an address and a length. */
  int POINTER_PAIR = 8;

  /** The layout of a type. */
  static Layout of(ValueType type) {
    return switch (type) {
      case Primitive p -> primitive(p);
      case ValueType.ListOf l ->
          l.element() == Primitive.U8 ? new Octets() : new Items(of(l.element()));
      case ValueType.RecordOf r -> group(r.fields().stream().map(ValueType.Field::type).toList());
      case ValueType.TupleOf t -> group(t.elements());
      case ValueType.VariantOf v -> {
        List<Payload> cases = new ArrayList<>();
        for (ValueType.Case c : v.cases()) {
          cases.add(payload(c.type()));
        }
        yield choice(cases);
      }
      case ValueType.EnumOf e -> {
        List<Payload> cases = new ArrayList<>();
        for (int i = 0; i < e.labels().size(); i++) {
          cases.add(payload(null));
        }
        yield choice(cases);
      }
      case ValueType.OptionOf o -> choice(List.of(payload(null), payload(o.element())));
      case ValueType.ResultOf r -> choice(List.of(payload(r.ok()), payload(r.error())));
      case ValueType.FlagsOf f -> flags(f.labels().size());
    };
  }

  /** The layout of parts one after the other, as in a record; the parts may be none. */
  static Group group(List<ValueType> types) {
    List<Layout> parts = new ArrayList<>();
    List<Integer> offsets = new ArrayList<>();
    int at = 0;
    int alignment = 1;
    int flat = 0;
    for (ValueType type : types) {
      Layout part = of(type);
      at = align(at, part.alignment());
      parts.add(part);
      offsets.add(at);
      at += part.size();
      alignment = Math.max(alignment, part.alignment());
      flat += part.flatCount();
    }
    int size = align(at, alignment);
    return new Group(List.copyOf(parts), List.copyOf(offsets), size, alignment, flat);
  }

  /** The next multiple of a power of two. */
  static int align(int offset, int alignment) {
    return (offset + alignment - 1) & -alignment;
  }

  private static Payload payload(@Nullable ValueType type) {
    return new Payload(type == null ? null : of(type));
  }

  private static Layout primitive(Primitive p) {
    return switch (p) {
      case BOOL, S8, U8 -> new Scalar(p, 1);
      case S16, U16 -> new Scalar(p, 2);
      case S32, U32, CHAR -> new Scalar(p, 4);
      case S64, U64 -> new Scalar(p, 8);
      case STRING -> new Text();
    };
  }

  private static Flags flags(int labels) {
    if (labels <= 8) {
      return new Flags(labels, 1);
    }
    return new Flags(labels, labels <= 16 ? 2 : 4);
  }

  private static Choice choice(List<Payload> cases) {
    int n = cases.size();
    int discriminant = n <= 0x100 ? 1 : n <= 0x10000 ? 2 : 4;
    int payloadAlignment = 1;
    int payloadSize = 0;
    int flat = 0;
    for (Payload c : cases) {
      if (c.payload() != null) {
        payloadAlignment = Math.max(payloadAlignment, c.payload().alignment());
        payloadSize = Math.max(payloadSize, c.payload().size());
        flat = Math.max(flat, c.payload().flatCount());
      }
    }
    int offset = align(discriminant, payloadAlignment);
    int alignment = Math.max(discriminant, payloadAlignment);
    int size = align(offset + payloadSize, alignment);
    return new Choice(List.copyOf(cases), discriminant, offset, size, alignment, 1 + flat);
  }
}

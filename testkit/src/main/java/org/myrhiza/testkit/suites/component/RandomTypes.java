// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/** Random value types, and random values of them. */
final class RandomTypes {
  private static final String[] TEXTS = {"", "a", "naïve", "😀 emoji", "\u0000", "한국어", "\uffff"};

  private final Seeded random;

  RandomTypes(Seeded random) {
    this.random = random;
  }

  ValueType type(int depth) {
    int kind = random.nextInt(depth == 0 ? 1 : 13);
    return switch (kind) {
      case 1 -> new ValueType.ListOf(Primitive.U8);
      case 2 -> new ValueType.ListOf(type(depth - 1));
      case 3 -> new ValueType.RecordOf(fields(depth - 1));
      case 4 -> new ValueType.TupleOf(fields(depth - 1).stream().map(f -> f.type()).toList());
      case 5 -> new ValueType.VariantOf(cases(depth - 1));
      case 6 -> new ValueType.EnumOf(labels(1 + random.nextInt(random.chance(1, 8) ? 300 : 5)));
      case 7 -> new ValueType.FlagsOf(labels(1 + random.nextInt(32)));
      case 8 -> new ValueType.OptionOf(type(depth - 1));
      case 9 -> new ValueType.ResultOf(maybe(depth - 1), maybe(depth - 1));
      case 10 -> new ValueType.ListOf(primitive());
      case 11 -> new ValueType.FixedListOf(type(depth - 1), 1 + random.nextInt(4));
      case 12 -> new ValueType.MapOf(Primitive.STRING, type(depth - 1));
      default -> primitive();
    };
  }

  private Primitive primitive() {
    return switch (random.nextInt(13)) {
      case 0 -> Primitive.BOOL;
      case 1 -> Primitive.S8;
      case 2 -> Primitive.U8;
      case 3 -> Primitive.S16;
      case 4 -> Primitive.U16;
      case 5 -> Primitive.S32;
      case 6 -> Primitive.U32;
      case 7 -> Primitive.S64;
      case 8 -> Primitive.U64;
      case 9 -> Primitive.CHAR;
      case 10 -> Primitive.F32;
      case 11 -> Primitive.F64;
      default -> Primitive.STRING;
    };
  }

  private @Nullable ValueType maybe(int depth) {
    return random.chance(1, 3) ? null : type(depth);
  }

  List<ValueType.Field> fields(int depth) {
    List<ValueType.Field> out = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      out.add(new ValueType.Field("f" + i, type(depth)));
    }
    return out;
  }

  private List<ValueType.Case> cases(int depth) {
    List<ValueType.Case> out = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      out.add(new ValueType.Case("c" + i, maybe(depth)));
    }
    return out;
  }

  private static List<String> labels(int count) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add("l" + i);
    }
    return out;
  }

  Value value(ValueType type) {
    return switch (type) {
      case Primitive p -> scalar(p);
      case ValueType.ListOf l when l.element() == Primitive.U8 ->
          Value.Octets.adopt(random.nextBytes(random.nextInt(20)).toArray());
      case ValueType.ListOf l when isNumber(l.element()) ->
          numbers((Primitive) l.element(), random.nextInt(6));
      case ValueType.ListOf l -> items(l.element(), random.nextInt(4));
      case ValueType.FixedListOf l -> items(l.element(), l.length());
      case ValueType.MapOf m ->
          items(new ValueType.TupleOf(List.of(m.key(), m.value())), random.nextInt(4));
      case ValueType.OwnOf o -> throw new IllegalArgumentException("no handles here");
      case ValueType.BorrowOf b -> throw new IllegalArgumentException("no handles here");
      case ValueType.RecordOf r ->
          Value.Group.of(r.fields().stream().map(f -> value(f.type())).toArray(Value[]::new));
      case ValueType.TupleOf t ->
          Value.Group.of(t.elements().stream().map(this::value).toArray(Value[]::new));
      case ValueType.VariantOf v -> {
        int index = random.nextInt(v.cases().size());
        yield choice(index, v.cases().get(index).type());
      }
      case ValueType.EnumOf e -> choice(random.nextInt(e.labels().size()), null);
      case ValueType.FlagsOf f -> {
        int labels = f.labels().size();
        int bits = (int) random.nextLong();
        yield new Value.Flags(labels == 32 ? bits : bits & ((1 << labels) - 1));
      }
      case ValueType.OptionOf o -> random.chance(1, 2) ? choice(0, null) : choice(1, o.element());
      case ValueType.ResultOf r -> random.chance(1, 2) ? choice(0, r.ok()) : choice(1, r.error());
    };
  }

  private static boolean isNumber(ValueType type) {
    return type instanceof Primitive p
        && p != Primitive.BOOL
        && p != Primitive.CHAR
        && p != Primitive.STRING;
  }

  private Value items(ValueType element, int count) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(value(element));
    }
    return new Value.Items(out);
  }

  private Value numbers(Primitive element, int count) {
    int width = element.size();
    byte[] bytes = new byte[count * width];
    for (int i = 0; i < count; i++) {
      long bits =
          switch (scalar(element)) {
            case Value.Int32 n -> n.value();
            case Value.Int64 n -> n.value();
            case Value.Float32 n -> Float.floatToIntBits(n.value());
            case Value.Float64 n -> Double.doubleToLongBits(n.value());
            default -> throw new IllegalStateException("no number");
          };
      for (int b = 0; b < width; b++) {
        bytes[i * width + b] = (byte) (bits >> (8 * b));
      }
    }
    return Value.Numbers.adopt(bytes, width);
  }

  private Value choice(int index, @Nullable ValueType payload) {
    return new Value.Case(index, payload == null ? null : value(payload));
  }

  private Value scalar(Primitive type) {
    long bits = random.chance(1, 4) ? -1 : random.nextLong();
    return switch (type) {
      case BOOL -> (bits & 1) == 0 ? Value.FALSE : Value.TRUE;
      case S8 -> new Value.Int32((byte) bits);
      case U8 -> new Value.Int32((int) bits & 0xff);
      case S16 -> new Value.Int32((short) bits);
      case U16 -> new Value.Int32((int) bits & 0xffff);
      case S32, U32 -> new Value.Int32((int) bits);
      case S64, U64 -> new Value.Int64(bits);
      case F32 -> new Value.Float32(bits == -1 ? Float.NaN : (float) bits / 3);
      case F64 -> new Value.Float64(bits == -1 ? Double.NaN : (double) bits / 3);
      case CHAR -> new Value.Char(random.chance(1, 2) ? 0x10ffff : random.nextInt(0xd800));
      case STRING -> new Value.Text(TEXTS[random.nextInt(TEXTS.length)]);
    };
  }
}

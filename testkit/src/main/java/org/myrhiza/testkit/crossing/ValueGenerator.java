// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/** Random values of given types, those at the edges of their ranges more often than others. */
final class ValueGenerator {
  /** A byte order mark, which is a character like any other here. */
  static final String MARK = "\ufeff";

  private static final long[] WHOLE = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0xffff,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffff_ffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final int[] SINGLES = {
    0, 0x8000_0000, 0x3f80_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 1, 0x7f7f_ffff, 0x0080_0000
  };
  private static final long[] DOUBLES = {
    0,
    0x8000_0000_0000_0000L,
    0x3ff0_0000_0000_0000L,
    0x7ff0_0000_0000_0000L,
    0xfff0_0000_0000_0000L,
    0x7ff8_0000_0000_0000L,
    1,
    0x7fef_ffff_ffff_ffffL,
    0x3690_0000_0000_0000L
  };
  private static final int[] CHARS = {
    0, 'a', 0x7f, 0x80, 0xff, 0x100, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0xffff, 0x10000,
    0x10ffff
  };
  private static final String[] TEXTS = {
    "",
    "a",
    "plain text",
    "na\u00efve",
    "\u0080\u00ff",
    "\u0000",
    MARK + "marked",
    "\ud7ff\ue000",
    "\ud55c\uad6d\uc5b4",
    "\ud83d\ude00 face",
    "late \u0100",
    "\uffff",
    "x\udbff\udfff"
  };

  /** Elements of a list at most, save for few large ones. */
  private static final int ELEMENTS = 4;

  private static final int LARGE_LIST = 20_000;
  private static final int LARGE_ITEMS = 300;
  private static final int LONG_TEXT = 400;

  /** Values of one exchange, about: where they are used up, lists are empty. */
  private static final int VALUES = 2_000;

  private final Seeded random;
  private final Value.Text.@Nullable Form form;
  private int left = VALUES;

  /**
   * Makes values.
   *
   * @param random decides
   * @param form the form that texts come in, and then keys of a map are distinct; null for any form
   *     and any keys
   */
  ValueGenerator(Seeded random, Value.Text.@Nullable Form form) {
    this.random = random;
    this.form = form;
  }

  /** Makes values without large lists. */
  static ValueGenerator small(Seeded random, Value.Text.Form form) {
    ValueGenerator out = new ValueGenerator(random, form);
    out.left = VALUES / 2;
    return out;
  }

  Value value(ValueType type) {
    left--;
    return switch (type) {
      case Primitive p -> scalar(p);
      case ValueType.ListOf l -> list(l.element());
      case ValueType.FixedListOf l -> items(l.element(), l.length());
      case ValueType.MapOf m -> map(m);
      case ValueType.OwnOf o -> throw new IllegalArgumentException("no handles here");
      case ValueType.BorrowOf b -> throw new IllegalArgumentException("no handles here");
      case ValueType.RecordOf r ->
          Value.Group.of(r.fields().stream().map(f -> value(f.type())).toArray(Value[]::new));
      case ValueType.TupleOf t ->
          Value.Group.of(t.elements().stream().map(this::value).toArray(Value[]::new));
      case ValueType.VariantOf v -> {
        int index = index(v.cases().size());
        yield choice(index, v.cases().get(index).type());
      }
      case ValueType.EnumOf e -> choice(index(e.labels().size()), null);
      case ValueType.FlagsOf f -> new Value.Flags(random.nextInt() & mask(f.labels().size()));
      case ValueType.OptionOf o -> random.chance(1, 3) ? choice(0, null) : choice(1, o.element());
      case ValueType.ResultOf r -> random.chance(1, 2) ? choice(0, r.ok()) : choice(1, r.error());
    };
  }

  private static int mask(int labels) {
    return labels == Integer.SIZE ? -1 : (1 << labels) - 1;
  }

  /** Of few cases any, of many often the last ones. */
  private int index(int count) {
    return random.chance(1, 3) ? count - 1 : random.nextInt(count);
  }

  private Value choice(int index, @Nullable ValueType payload) {
    return new Value.Case(index, payload == null ? null : value(payload));
  }

  private Value list(ValueType element) {
    boolean large = left > VALUES / 2 && random.chance(1, 12);
    if (element instanceof Primitive p && isNumber(p)) {
      return numbers(p, large ? random.nextInt(LARGE_LIST) : random.nextInt(ELEMENTS * 3));
    }
    int count = large ? random.nextInt(LARGE_ITEMS) : random.nextInt(ELEMENTS);
    return items(element, left > 0 ? count : 0);
  }

  static boolean isNumber(Primitive type) {
    return type != Primitive.BOOL && type != Primitive.CHAR && type != Primitive.STRING;
  }

  private Value items(ValueType element, int count) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(value(element));
    }
    return new Value.Items(out);
  }

  private Value map(ValueType.MapOf type) {
    List<Value> keys = new ArrayList<>();
    List<Value> out = new ArrayList<>();
    boolean distinct = random.chance(3, 4) || form != null;
    int count = left > 0 ? random.nextInt(ELEMENTS + 1) : 0;
    for (int i = 0; i < count; i++) {
      Value key = !distinct && i == 1 ? keys.getFirst() : value(type.key());
      if (!distinct || !keys.contains(key)) {
        keys.add(key);
        out.add(Value.Group.of(key, value(type.value())));
      }
    }
    return new Value.Items(out);
  }

  private Value numbers(Primitive element, int count) {
    int width = element.size();
    byte[] bytes = new byte[count * width];
    for (int i = 0; i < count; i++) {
      long bits = bits(element);
      for (int b = 0; b < width; b++) {
        bytes[i * width + b] = (byte) (bits >> (Byte.SIZE * b));
      }
    }
    return element == Primitive.U8 ? Value.Octets.adopt(bytes) : Value.Numbers.adopt(bytes, width);
  }

  private long bits(Primitive type) {
    return switch (scalar(type)) {
      case Value.Int32 n -> n.value();
      case Value.Int64 n -> n.value();
      case Value.Float32 n -> Float.floatToIntBits(n.value());
      case Value.Float64 n -> Double.doubleToLongBits(n.value());
      default -> throw new IllegalStateException(type + " is no number");
    };
  }

  private Value scalar(Primitive type) {
    boolean edge = random.chance(1, 2);
    long bits = edge ? WHOLE[random.nextInt(WHOLE.length)] : random.nextLong();
    return switch (type) {
      case BOOL -> (bits & 1) == 0 ? Value.FALSE : Value.TRUE;
      case S8 -> new Value.Int32((byte) bits);
      case U8 -> new Value.Int32((int) bits & 0xff);
      case S16 -> new Value.Int32((short) bits);
      case U16 -> new Value.Int32((int) bits & 0xffff);
      case S32, U32 -> new Value.Int32((int) bits);
      case S64, U64 -> new Value.Int64(bits);
      case F32 ->
          new Value.Float32(
              Float.intBitsToFloat(edge ? SINGLES[random.nextInt(SINGLES.length)] : (int) bits));
      case F64 ->
          new Value.Float64(
              Double.longBitsToDouble(edge ? DOUBLES[random.nextInt(DOUBLES.length)] : bits));
      case CHAR -> new Value.Char(edge ? CHARS[random.nextInt(CHARS.length)] : codePoint());
      case STRING -> text();
    };
  }

  private int codePoint() {
    int code = random.nextInt(0x110000 - 0x800);
    return code < 0xd800 ? code : code + 0x800;
  }

  private Value text() {
    String text = TEXTS[random.nextInt(TEXTS.length)];
    if (random.chance(1, 12)) {
      StringBuilder longer = new StringBuilder();
      int limit = random.chance(1, 3) ? 0x80 : random.chance(1, 2) ? 0x100 : 0x10000;
      while (longer.length() < LONG_TEXT) {
        int code = codePoint() % limit;
        longer.append((char) (code >= 0xd800 && code < 0xe000 ? 'x' : code));
      }
      text = longer + text;
    }
    return new Value.Text(text, form == null ? anyForm(text) : form);
  }

  private Value.Text.Form anyForm(String text) {
    boolean narrow = true;
    for (int i = 0; i < text.length(); i++) {
      narrow &= text.charAt(i) < 0x100;
    }
    return switch (random.nextInt(4)) {
      case 0 -> Value.Text.Form.UTF8;
      case 1 -> Value.Text.Form.UTF16;
      case 2 -> Value.Text.Form.TAGGED_UTF16;
      default -> narrow ? Value.Text.Form.LATIN1 : Value.Text.Form.TAGGED_UTF16;
    };
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.binary.Utf8;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.value.Value;

/**
 * Writes a value as a guest would, with one flaw in one place. Written once without, it tells how
 * many places there are for each.
 */
final class FlawedWriter {
  private static final int[] NO_CHARS = {0xd800, 0xdbff, 0xdc00, 0xdfff, 0x110000, -1};
  private static final int[] SINGLE_NANS = {0x7fc0_0001, 0xffc0_0000, 0x7f80_0001, 0xffff_ffff};
  private static final long[] WIDE_NANS = {
    0x7ff8_0000_0000_0001L, 0xfff8_0000_0000_0000L, 0x7ff0_0000_0000_0001L, -1
  };

  /** Overlong, a surrogate, beyond the last code point, cut off, alone, not a byte of UTF-8. */
  private static final String[] NO_UTF8 = {"c080", "eda080", "f4908080", "e282", "80", "ff"};

  private static final int[] LONE = {0xd800, 0xdfff};

  /** Where and how, beside the value itself. */
  record Place(
      StringEncoding encoding, int address, int memoryBytes, List<ValueKind> kinds, int mostFlat) {}

  private final Seeded random;
  private final Place place;
  private final Map<Flaw, Integer> places = new EnumMap<>(Flaw.class);
  private final @Nullable Flaw wanted;
  private int left;

  /** Whether a negative number of 32 bits lies in a slot of 64: a matter of {@code WIDE_SLOT}. */
  private boolean highInWideSlot;

  private byte[] memory = new byte[0];
  private final List<Long> flat = new ArrayList<>();

  private FlawedWriter(Seeded random, Place place, @Nullable Flaw wanted, int index) {
    this.random = random;
    this.place = place;
    this.wanted = wanted;
    this.left = index;
  }

  /** A value with a flaw; null when it has no place for it. */
  static @Nullable Flawed write(
      Seeded random, Place place, ValueType type, Value value, Flaw flaw) {
    FlawedWriter counting = new FlawedWriter(random.fork("count"), place, null, 0);
    counting.root(type, value);
    int places = counting.places.getOrDefault(flaw, 0);
    if (places == 0 || (counting.highInWideSlot && flaw != Flaw.WIDE_SLOT)) {
      return null;
    }
    FlawedWriter writer =
        new FlawedWriter(random.fork("write"), place, flaw, random.nextInt(places));
    writer.root(type, value);
    return new Flawed(flaw, place.address(), Bytes.adopt(writer.memory), writer.flat);
  }

  /** Whether the flaw belongs here. */
  private boolean here(Flaw flaw) {
    places.merge(flaw, 1, Integer::sum);
    return flaw == wanted && left-- == 0;
  }

  private void root(ValueType type, Value value) {
    Layout layout = Layout.of(type);
    if (layout.flatCount() <= place.mostFlat()) {
      flat(type, layout, value);
      return;
    }
    int address = allocate(layout.alignment(), layout.size());
    store(type, layout, value, address);
    if (here(Flaw.SPILLED_OUTSIDE)) {
      address = outside(layout.size(), layout.alignment());
    } else if (layout.alignment() > 1 && here(Flaw.SPILLED_UNALIGNED)) {
      address++;
    }
    flat.add((long) address);
  }

  private int allocate(int alignment, int size) {
    int at = Layout.align(place.address() + memory.length, alignment);
    byte[] larger = new byte[at + size + 1 - place.address()];
    System.arraycopy(memory, 0, larger, 0, memory.length);
    memory = larger;
    return at;
  }

  /** An aligned address from which not all of so many bytes are inside memory. */
  private int outside(int size, int alignment) {
    int last = place.memoryBytes() - Layout.align(size, alignment) + alignment;
    return random.nextBoolean() ? last : -alignment;
  }

  private void put(int address, int size, long bits) {
    for (int i = 0; i < size; i++) {
      memory[address - place.address() + i] = (byte) (bits >> (Byte.SIZE * i));
    }
  }

  private void pushNarrow(long bits) {
    long low = bits & 0xffff_ffffL;
    highInWideSlot |= (int) low < 0 && place.kinds().get(flat.size()) == ValueKind.I64;
    if (place.kinds().get(flat.size()) == ValueKind.I64 && here(Flaw.WIDE_SLOT)) {
      low |= (long) (random.nextInt() | 1) << Integer.SIZE;
    }
    flat.add(low);
  }

  private void flat(ValueType type, Layout layout, Value value) {
    switch (layout) {
      case Layout.Scalar s -> {
        long bits = bits(s.type(), value);
        if (s.type() == Primitive.S64 || s.type() == Primitive.U64 || s.type() == Primitive.F64) {
          flat.add(bits);
        } else if (isSmall(s.type()) && here(Flaw.WIDE_INTEGER)) {
          int width = Byte.SIZE * s.size();
          pushNarrow((bits & ((1L << width) - 1)) | (random.nextInt() | 1L) << width);
        } else {
          pushNarrow(bits);
        }
      }
      case Layout.Flags f -> pushNarrow(flags(f, Integer.SIZE, value));
      case Layout.Choice c -> {
        Value.Case chosen = (Value.Case) value;
        int end = flat.size() + c.flatCount();
        pushNarrow(index(c, chosen, Integer.SIZE));
        Layout payload = c.payload(chosen.index());
        if (payload != null && chosen.payload() != null) {
          flat(payloadType(type, chosen.index()), payload, chosen.payload());
        }
        while (flat.size() < end) {
          flat.add(0L);
        }
      }
      case Layout.Group g -> {
        for (int i = 0; i < g.count(); i++) {
          flat(type.parts().get(i), g.part(i), ((Value.Group) value).get(i));
        }
      }
      case Layout.FixedItems f -> {
        for (Value each : ((Value.Items) value).elements()) {
          flat(type.parts().getFirst(), f.element(), each);
        }
      }
      default -> {
        int[] pair = outOfLine(type, layout, value);
        pushNarrow(pair[0]);
        pushNarrow(pair[1]);
      }
    }
  }

  private static boolean isSmall(Primitive type) {
    return ValueGenerator.isNumber(type) && type.size() < Integer.BYTES;
  }

  private void store(ValueType type, Layout layout, Value value, int address) {
    switch (layout) {
      case Layout.Scalar s -> put(address, s.size(), bits(s.type(), value));
      case Layout.Flags f -> put(address, f.size(), flags(f, Byte.SIZE * f.size(), value));
      case Layout.Choice c -> {
        Value.Case chosen = (Value.Case) value;
        put(address, c.discriminantSize(), index(c, chosen, Byte.SIZE * c.discriminantSize()));
        Layout payload = c.payload(chosen.index());
        if (payload != null && chosen.payload() != null) {
          ValueType inside = payloadType(type, chosen.index());
          store(inside, payload, chosen.payload(), address + c.payloadOffset());
        }
      }
      case Layout.Group g -> {
        for (int i = 0; i < g.count(); i++) {
          int at = address + g.offset(i);
          store(type.parts().get(i), g.part(i), ((Value.Group) value).get(i), at);
        }
      }
      case Layout.FixedItems f -> {
        List<Value> elements = ((Value.Items) value).elements();
        for (int i = 0; i < elements.size(); i++) {
          int at = address + i * f.element().size();
          store(type.parts().getFirst(), f.element(), elements.get(i), at);
        }
      }
      default -> {
        int[] pair = outOfLine(type, layout, value);
        put(address, Layout.POINTER, pair[0]);
        put(address + Layout.POINTER, Layout.POINTER, pair[1]);
      }
    }
  }

  private static ValueType payloadType(ValueType type, int index) {
    ValueType payload =
        switch (type) {
          case ValueType.VariantOf v -> v.cases().get(index).type();
          case ValueType.OptionOf o -> o.element();
          case ValueType.ResultOf r -> index == 0 ? r.ok() : r.error();
          default -> null;
        };
    if (payload == null) {
      throw new IllegalStateException("no payload in case " + index + " of " + type);
    }
    return payload;
  }

  private long bits(Primitive type, Value value) {
    return switch (value) {
      case Value.Bool(boolean bool) ->
          bool && here(Flaw.WIDE_BOOL) ? 2 + random.nextInt(0xfe) : bool ? 1 : 0;
      case Value.Char(int code) ->
          here(Flaw.NO_CHAR) ? NO_CHARS[random.nextInt(NO_CHARS.length)] : code;
      case Value.Int32(int number) -> number;
      case Value.Int64(long number) -> number;
      case Value.Float32(float number) ->
          Float.isNaN(number) && here(Flaw.ODD_NAN)
              ? SINGLE_NANS[random.nextInt(SINGLE_NANS.length)]
              : Float.floatToIntBits(number);
      case Value.Float64(double number) ->
          Double.isNaN(number) && here(Flaw.ODD_NAN)
              ? WIDE_NANS[random.nextInt(WIDE_NANS.length)]
              : Double.doubleToLongBits(number);
      default -> throw new IllegalArgumentException(value + " is no " + type.text());
    };
  }

  private long flags(Layout.Flags layout, int width, Value value) {
    long bits = ((Value.Flags) value).bits() & 0xffff_ffffL;
    boolean nameless = layout.labels() < width && here(Flaw.NAMELESS_FLAGS);
    return nameless
        ? bits | 1L << (layout.labels() + random.nextInt(width - layout.labels()))
        : bits;
  }

  private long index(Layout.Choice layout, Value.Case value, int width) {
    int count = layout.count();
    if (count >= 1L << width || !here(Flaw.NO_CASE)) {
      return value.index();
    }
    return random.nextBoolean() ? count : (1L << width) - 1;
  }

  private int[] outOfLine(ValueType type, Layout layout, Value value) {
    return switch (layout) {
      case Layout.Text t -> text(((Value.Text) value).value());
      case Layout.Octets o -> numbers(((Value.Octets) value).shared(), Primitive.U8);
      case Layout.Numbers n -> numbers(((Value.Numbers) value).shared(), n.element());
      case Layout.Items i -> items(type, i.element(), ((Value.Items) value).elements());
      default -> throw new IllegalStateException("not out of line: " + type);
    };
  }

  private int[] text(String text) {
    boolean wide = place.encoding() != StringEncoding.UTF8;
    byte[] bytes = wide ? utf16(text) : Utf8.encode(text);
    if (here(Flaw.NO_TEXT)) {
      bytes =
          wide
              ? utf16(text + (char) LONE[random.nextInt(LONE.length)])
              : Bytes.concat(
                      Bytes.copyOf(bytes), Bytes.hex(NO_UTF8[random.nextInt(NO_UTF8.length)]))
                  .toArray();
    }
    int alignment = wide ? 2 : 1;
    int address = allocate(alignment, bytes.length);
    System.arraycopy(bytes, 0, memory, address - place.address(), bytes.length);
    if (bytes.length > 0 && here(Flaw.TEXT_OUTSIDE)) {
      address = outside(bytes.length, alignment);
    } else if (wide && here(Flaw.TEXT_UNALIGNED)) {
      address++;
    }
    int tag = place.encoding() == StringEncoding.LATIN1_UTF16 ? 1 << 31 : 0;
    return new int[] {address, bytes.length / alignment | tag};
  }

  private static byte[] utf16(String text) {
    byte[] out = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      out[2 * i] = (byte) text.charAt(i);
      out[2 * i + 1] = (byte) (text.charAt(i) >> Byte.SIZE);
    }
    return out;
  }

  private int[] numbers(byte[] bytes, Primitive element) {
    int width = element.size();
    int address = allocate(width, bytes.length);
    System.arraycopy(bytes, 0, memory, address - place.address(), bytes.length);
    if (element == Primitive.F32 || element == Primitive.F64) {
      nans(address, bytes, width);
    }
    if (bytes.length > 0 && here(Flaw.NUMBERS_OUTSIDE)) {
      address = outside(bytes.length, width);
    } else if (width > 1 && here(Flaw.NUMBERS_UNALIGNED)) {
      address += 1 + random.nextInt(width - 1);
    }
    return new int[] {address, bytes.length / width};
  }

  private void nans(int address, byte[] bytes, int width) {
    Value.Numbers numbers = Value.Numbers.adopt(bytes, width);
    for (int i = 0; i < numbers.size(); i++) {
      boolean nan =
          width == Float.BYTES
              ? Float.isNaN(Float.intBitsToFloat((int) numbers.bits(i)))
              : Double.isNaN(Double.longBitsToDouble(numbers.bits(i)));
      if (nan && here(Flaw.ODD_NAN_IN_LIST)) {
        int which = random.nextInt(SINGLE_NANS.length);
        put(
            address + i * width,
            width,
            width == Float.BYTES ? SINGLE_NANS[which] : WIDE_NANS[which]);
      }
    }
  }

  private int[] items(ValueType type, Layout element, List<Value> values) {
    ValueType inside =
        type instanceof ValueType.MapOf m
            ? new ValueType.TupleOf(List.of(m.key(), m.value()))
            : type.parts().getFirst();
    int size = element.size() * values.size();
    int address = allocate(element.alignment(), size);
    for (int i = 0; i < values.size(); i++) {
      store(inside, element, values.get(i), address + i * element.size());
    }
    boolean map = type instanceof ValueType.MapOf;
    if (!values.isEmpty() && here(map ? Flaw.MAP_OUTSIDE : Flaw.LIST_OUTSIDE)) {
      address = outside(size, element.alignment());
    } else if (element.alignment() > 1 && here(map ? Flaw.MAP_UNALIGNED : Flaw.LIST_UNALIGNED)) {
      address++;
    }
    return new int[] {address, values.size()};
  }
}

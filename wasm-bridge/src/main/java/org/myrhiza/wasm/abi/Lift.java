// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.value.Value;

/**
 * Reads component values out of core values and guest memory (CanonicalABI.md, Loading and Flat
 * Lifting). Everything is copied; bounds, alignment, discriminants, characters and UTF-8 are
 * checked, and paid for, before a byte is used.
 */
public final class Lift {
  private static final int CODE_POINTS = 0x110000;

  private final Crossing crossing;
  private int slot;

  /** Lifts out of the guest behind the crossing. */
  public Lift(Crossing crossing) {
    this.crossing = crossing;
  }

  /**
   * Lifts parameters.
   *
   * @param layout the parameters as a group
   * @param flat the core arguments: the flat values, or an address when they are more than 16
   */
  public Value[] parameters(Layout.Group layout, Slots flat) throws AbiStop {
    if (layout.flatCount() > Flatten.MAX_PARAMS) {
      int address = flat.getInt(0);
      crossing.checked(address, layout.size(), layout.alignment());
      return loadParts(layout, address);
    }
    slot = 0;
    return flatParts(layout, flat);
  }

  /**
   * Lifts a result.
   *
   * @param layout its layout
   * @param flat the core result: the flat value, or an address
   */
  public Value result(Layout layout, Slots flat) throws AbiStop {
    if (layout.flatCount() > Flatten.MAX_RESULTS) {
      int address = flat.getInt(0);
      crossing.checked(address, layout.size(), layout.alignment());
      return load(layout, address);
    }
    slot = 0;
    return flat(layout, flat);
  }

  private Value[] flatParts(Layout.Group layout, Slots flat) throws AbiStop {
    Value[] out = new Value[layout.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = flat(layout.part(i), flat);
    }
    return out;
  }

  private Value flat(Layout layout, Slots flat) throws AbiStop {
    return switch (layout) {
      case Layout.Scalar s ->
          s.size() <= Layout.POINTER
              ? narrow(s.type(), flat.getInt(slot++))
              : wide(s.type(), flat.getLong(slot++));
      case Layout.Octets o -> octets(flat.getInt(slot++), flat.getInt(slot++));
      case Layout.Group g -> Value.Group.of(flatParts(g, flat));
      case Layout.Choice c -> {
        int end = slot + c.flatCount();
        int index = flat.getInt(slot++);
        Layout payload = payload(c, index);
        Value value = payload == null ? null : flat(payload, flat);
        slot = end;
        yield choice(index, value);
      }
      case Layout.Text t -> text(flat.getInt(slot++), flat.getInt(slot++));
      case Layout.Items i -> items(i.element(), flat.getInt(slot++), flat.getInt(slot++));
      case Layout.Numbers n -> numbers(n.element(), flat.getInt(slot++), flat.getInt(slot++));
      case Layout.Flags f -> flags(f, flat.getInt(slot++));
      case Layout.Handle h -> handle(h, flat.getInt(slot++));
      case Layout.FixedItems f -> {
        Value[] out = new Value[f.length()];
        for (int i = 0; i < out.length; i++) {
          out[i] = flat(f.element(), flat);
        }
        yield new Value.Items(Arrays.asList(out));
      }
    };
  }

  private Value load(Layout layout, int address) throws AbiStop {
    CoreMemory m = crossing.memory();
    return switch (layout) {
      case Layout.Scalar s ->
          s.size() <= Layout.POINTER
              ? narrow(s.type(), loadBits(m, address, s.size()))
              : wide(s.type(), m.loadLong(address));
      case Layout.Octets o -> octets(m.loadInt(address), m.loadInt(address + Layout.POINTER));
      case Layout.Group g -> Value.Group.of(loadParts(g, address));
      case Layout.Choice c -> {
        int index = loadBits(m, address, c.discriminantSize());
        Layout payload = payload(c, index);
        yield choice(index, payload == null ? null : load(payload, address + c.payloadOffset()));
      }
      case Layout.Text t -> text(m.loadInt(address), m.loadInt(address + Layout.POINTER));
      case Layout.Items i ->
          items(i.element(), m.loadInt(address), m.loadInt(address + Layout.POINTER));
      case Layout.Numbers n ->
          numbers(n.element(), m.loadInt(address), m.loadInt(address + Layout.POINTER));
      case Layout.Flags f -> flags(f, loadBits(m, address, f.size()));
      case Layout.Handle h -> handle(h, m.loadInt(address));
      case Layout.FixedItems f -> fixed(f, address);
    };
  }

  /** Lies among other values; paid like any list. */
  private Value fixed(Layout.FixedItems layout, int address) throws AbiStop {
    crossing.charge(layout.size());
    return loadItems(layout.element(), address, layout.length());
  }

  private Value[] loadParts(Layout.Group layout, int address) throws AbiStop {
    Value[] out = new Value[layout.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = load(layout.part(i), address + layout.offset(i));
    }
    return out;
  }

  private static Value choice(int index, @Nullable Value payload) {
    return index == 0 && payload == null ? Value.Case.NONE : new Value.Case(index, payload);
  }

  private static @Nullable Layout payload(Layout.Choice c, int index) throws AbiStop {
    if (index < 0 || index >= c.count()) {
      throw AbiStop.rule("discriminant out of range");
    }
    return c.payload(index);
  }

  private static int loadBits(CoreMemory m, int address, int size) {
    return switch (size) {
      case 1 -> m.loadByte(address);
      case 2 -> m.loadShort(address);
      default -> m.loadInt(address);
    };
  }

  private static Value narrow(Primitive type, int bits) throws AbiStop {
    return switch (type) {
      case BOOL -> bits != 0 ? Value.TRUE : Value.FALSE;
      case S8 -> new Value.Int32((byte) bits);
      case U8 -> new Value.Int32(bits & 0xff);
      case S16 -> new Value.Int32((short) bits);
      case U16 -> new Value.Int32(bits & 0xffff);
      case S32, U32 -> new Value.Int32(bits);
      case F32 -> new Value.Float32(Floats.single(bits));
      case CHAR -> character(bits);
      case S64, U64, F64, STRING -> throw AbiStop.bug(type + " has no 32 bits");
    };
  }

  private static Value wide(Primitive type, long bits) {
    return type == Primitive.F64 ? new Value.Float64(Floats.wide(bits)) : new Value.Int64(bits);
  }

  private static Value character(int code) throws AbiStop {
    if (code < 0 || code >= CODE_POINTS || Strings.isSurrogate(code)) {
      throw AbiStop.rule("not a Unicode scalar value");
    }
    return new Value.Char(code);
  }

  private static Value flags(Layout.Flags layout, int bits) {
    int mask = layout.labels() == 32 ? -1 : (1 << layout.labels()) - 1;
    return new Value.Flags(bits & mask);
  }

  private Value octets(int address, int length) throws AbiStop {
    CoreMemory m = crossing.checked(address, length, 1);
    if (length == 0) {
      return Value.Octets.EMPTY;
    }
    crossing.charge(length);
    byte[] out = new byte[length];
    m.read(address, out, 0, length);
    return Value.Octets.adopt(out);
  }

  private Value text(int address, int length) throws AbiStop {
    return Strings.lift(crossing, address, length);
  }

  private Value handle(Layout.Handle h, int index) throws AbiStop {
    Handles handles = crossing.handles();
    int representation =
        h.owns() ? handles.liftOwn(index, h.resource()) : handles.liftBorrow(index, h.resource());
    return new Value.Handle(h.resource(), representation, handles.life());
  }

  /** Checks where a list lies and pays for its bytes. */
  private int list(int size, int alignment, int address, int count) throws AbiStop {
    CoreMemory m = crossing.memory();
    if (count < 0 || count > m.byteSize() / size) {
      throw AbiStop.rule("list outside memory");
    }
    crossing.checked(address, count * size, alignment);
    crossing.charge(count * size);
    return count * size;
  }

  private Value numbers(Primitive element, int address, int count) throws AbiStop {
    int width = element.size();
    byte[] out = new byte[list(width, width, address, count)];
    crossing.memory().read(address, out, 0, out.length);
    if (element == Primitive.F32) {
      Floats.canonicalizeSingles(out);
    } else if (element == Primitive.F64) {
      Floats.canonicalizeWide(out);
    }
    return Value.Numbers.adopt(out, width);
  }

  private Value items(Layout element, int address, int count) throws AbiStop {
    list(element.size(), element.alignment(), address, count);
    return loadItems(element, address, count);
  }

  private Value loadItems(Layout element, int address, int count) throws AbiStop {
    Value[] out = new Value[count];
    for (int i = 0; i < count; i++) {
      out[i] = load(element, address + i * element.size());
    }
    return new Value.Items(Arrays.asList(out));
  }
}

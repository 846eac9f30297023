// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.List;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.value.Value;

/**
 * Writes component values into core values and guest memory (CanonicalABI.md, Storing and Flat
 * Lowering). {@code realloc} is called once for each list and string, empty ones included, in the
 * order of the values, and once for spilled parameters, before those.
 *
 * <p>A value that is not of its type is a bug of the host and ends the crossing as such.
 */
public final class Lower {
  private final Crossing crossing;
  private final StringStore strings;
  private int slot;

  /** Lowers into the guest behind the crossing. */
  public Lower(Crossing crossing) {
    this.crossing = crossing;
    this.strings = new StringStore(crossing);
  }

  /**
   * Lowers parameters.
   *
   * @param layout the parameters as a group
   * @param values one for each
   * @param flat where the core arguments go, as the core signature has them
   */
  public void parameters(Layout.Group layout, Value[] values, Slots flat) throws AbiStop {
    if (values.length != layout.count()) {
      throw AbiStop.bug("wrong number of arguments");
    }
    if (layout.flatCount() > Flatten.MAX_PARAMS) {
      int address = crossing.allocate(layout.alignment(), layout.size());
      flat.setInt(0, address);
      for (int i = 0; i < values.length; i++) {
        store(layout.part(i), values[i], address + layout.offset(i));
      }
      return;
    }
    slot = 0;
    for (int i = 0; i < values.length; i++) {
      flat(layout.part(i), values[i], flat);
    }
  }

  /**
   * Lowers a result.
   *
   * @param layout its layout
   * @param value the value
   * @param flat where a core result goes
   * @param address where a spilled result goes, as the guest said; unused when it is flat
   */
  public void result(Layout layout, Value value, Slots flat, int address) throws AbiStop {
    if (layout.flatCount() > Flatten.MAX_RESULTS) {
      crossing.checked(address, layout.size(), layout.alignment());
      store(layout, value, address);
      return;
    }
    slot = 0;
    flat(layout, value, flat);
  }

  private void flat(Layout layout, Value value, Slots flat) throws AbiStop {
    switch (layout) {
      case Layout.Scalar s -> {
        if (s.size() <= Layout.POINTER) {
          flat.setInt(slot++, narrow(s.type(), value));
        } else {
          flat.setLong(slot++, wide(s.type(), value));
        }
      }
      case Layout.Octets o -> pointerPair(flat, octets(value), ((Value.Octets) value).size());
      case Layout.Group g -> {
        Value.Group group = group(g, value);
        for (int i = 0; i < group.size(); i++) {
          flat(g.part(i), group.get(i), flat);
        }
      }
      case Layout.Choice c -> flatChoice(c, value, flat);
      case Layout.Text t -> {
        strings.store(text(value));
        pointerPair(flat, strings.address(), strings.length());
      }
      case Layout.Items i -> {
        int address = items(i.element(), value);
        pointerPair(flat, address, count(value));
      }
      case Layout.Numbers n -> {
        int address = numbers(n.element(), value);
        pointerPair(flat, address, count(value));
      }
      case Layout.Flags f -> flat.setInt(slot++, flags(f, value));
      case Layout.Handle h -> flat.setInt(slot++, handle(h, value));
      case Layout.FixedItems f -> {
        for (Value element : fixed(f, value)) {
          flat(f.element(), element, flat);
        }
      }
    }
  }

  private void flatChoice(Layout.Choice c, Value value, Slots flat) throws AbiStop {
    Value.Case v = choice(c, value);
    int end = slot + c.flatCount();
    flat.setInt(slot++, v.index());
    Layout payload = c.payload(v.index());
    if (payload != null && v.payload() != null) {
      flat(payload, v.payload(), flat);
    }
    while (slot < end) {
      flat.setInt(slot++, 0);
    }
  }

  private void pointerPair(Slots flat, int address, int length) {
    flat.setInt(slot++, address);
    flat.setInt(slot++, length);
  }

  private void store(Layout layout, Value value, int address) throws AbiStop {
    CoreMemory m = crossing.memory();
    switch (layout) {
      case Layout.Scalar s -> {
        if (s.size() <= Layout.POINTER) {
          storeBits(m, address, s.size(), narrow(s.type(), value));
        } else {
          m.storeLong(address, wide(s.type(), value));
        }
      }
      case Layout.Octets o -> {
        int at = octets(value);
        storePair(address, at, ((Value.Octets) value).size());
      }
      case Layout.Group g -> {
        Value.Group group = group(g, value);
        for (int i = 0; i < group.size(); i++) {
          store(g.part(i), group.get(i), address + g.offset(i));
        }
      }
      case Layout.Choice c -> {
        Value.Case v = choice(c, value);
        storeBits(m, address, c.discriminantSize(), v.index());
        Layout payload = c.payload(v.index());
        if (payload != null && v.payload() != null) {
          store(payload, v.payload(), address + c.payloadOffset());
        }
      }
      case Layout.Text t -> {
        strings.store(text(value));
        storePair(address, strings.address(), strings.length());
      }
      case Layout.Items i -> {
        int at = items(i.element(), value);
        storePair(address, at, count(value));
      }
      case Layout.Numbers n -> {
        int at = numbers(n.element(), value);
        storePair(address, at, count(value));
      }
      case Layout.Flags f -> storeBits(m, address, f.size(), flags(f, value));
      case Layout.Handle h -> m.storeInt(address, handle(h, value));
      case Layout.FixedItems f -> {
        crossing.charge(f.size());
        int at = address;
        for (Value element : fixed(f, value)) {
          store(f.element(), element, at);
          at += f.element().size();
        }
      }
    }
  }

  private void storePair(int address, int pointer, int length) throws AbiStop {
    CoreMemory m = crossing.memory();
    m.storeInt(address, pointer);
    m.storeInt(address + Layout.POINTER, length);
  }

  private static void storeBits(CoreMemory m, int address, int size, int bits) {
    switch (size) {
      case 1 -> m.storeByte(address, bits);
      case 2 -> m.storeShort(address, bits);
      default -> m.storeInt(address, bits);
    }
  }

  private static int narrow(Primitive type, Value value) throws AbiStop {
    return switch (type) {
      case BOOL -> value instanceof Value.Bool b ? (b.value() ? 1 : 0) : wrong(type, value);
      case S8, U8, S16, U16, S32, U32 ->
          value instanceof Value.Int32 i && inRange(type, i.value())
              ? i.value()
              : wrong(type, value);
      case F32 -> value instanceof Value.Float32 f ? Floats.bits(f.value()) : wrong(type, value);
      case CHAR -> value instanceof Value.Char c ? c.codePoint() : wrong(type, value);
      case S64, U64, F64, STRING -> wrong(type, value);
    };
  }

  private static long wide(Primitive type, Value value) throws AbiStop {
    if (type == Primitive.F64) {
      return value instanceof Value.Float64 f ? Floats.bits(f.value()) : wrong(type, value);
    }
    return value instanceof Value.Int64 l ? l.value() : wrong(type, value);
  }

  private static boolean inRange(Primitive type, int v) {
    return switch (type) {
      case S8 -> v == (byte) v;
      case U8 -> v == (v & 0xff);
      case S16 -> v == (short) v;
      case U16 -> v == (v & 0xffff);
      default -> true;
    };
  }

  private static int wrong(Object type, Value value) throws AbiStop {
    throw AbiStop.bug("a value " + value + " where " + type + " is wanted");
  }

  private static Value.Group group(Layout.Group layout, Value value) throws AbiStop {
    if (value instanceof Value.Group g && g.size() == layout.count()) {
      return g;
    }
    throw AbiStop.bug("not a group of " + layout.count());
  }

  private static Value.Case choice(Layout.Choice layout, Value value) throws AbiStop {
    if (value instanceof Value.Case c && c.index() >= 0 && c.index() < layout.count()) {
      boolean carries = layout.payload(c.index()) != null;
      if (carries == (c.payload() != null)) {
        return c;
      }
    }
    throw AbiStop.bug("not one of " + layout.count() + " cases");
  }

  private static int flags(Layout.Flags layout, Value value) throws AbiStop {
    if (value instanceof Value.Flags f
        && (layout.labels() == 32 || f.bits() >>> layout.labels() == 0)) {
      return f.bits();
    }
    throw AbiStop.bug("not flags of " + layout.labels() + " labels");
  }

  private int octets(Value value) throws AbiStop {
    if (value instanceof Value.Octets o) {
      return copied(o.shared());
    }
    throw AbiStop.bug("not bytes");
  }

  private static Value.Text text(Value value) throws AbiStop {
    if (value instanceof Value.Text t) {
      return t;
    }
    throw AbiStop.bug("not text");
  }

  private int handle(Layout.Handle h, Value value) throws AbiStop {
    Handles handles = crossing.handles();
    if (!(value instanceof Value.Handle v) || v.resource() != h.resource()) {
      throw AbiStop.bug("not a handle of the resource type");
    }
    if (!handles.isAlive(v.resource(), v.life())) {
      throw AbiStop.bug("a handle of another life of the instance");
    }
    return h.owns()
        ? handles.lowerOwn(h.resource(), v.representation())
        : handles.lowerBorrow(h.resource(), v.representation());
  }

  private static byte[] canonical(Primitive element, byte[] bytes) {
    if (element != Primitive.F32 && element != Primitive.F64) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    if (element == Primitive.F32) {
      Floats.canonicalizeSingles(copy);
    } else {
      Floats.canonicalizeWide(copy);
    }
    return copy;
  }

  private static List<Value> fixed(Layout.FixedItems layout, Value value) throws AbiStop {
    if (value instanceof Value.Items list && list.elements().size() == layout.length()) {
      return list.elements();
    }
    throw AbiStop.bug("not a list of " + layout.length());
  }

  private static int count(Value list) {
    return list instanceof Value.Numbers n ? n.size() : ((Value.Items) list).elements().size();
  }

  /** Numbers in one piece are copied; one by one they are stored like any list. */
  private int numbers(Primitive element, Value value) throws AbiStop {
    if (!(value instanceof Value.Numbers n)) {
      return items(new Layout.Scalar(element, element.size()), value);
    }
    if (n.width() != element.size()) {
      throw AbiStop.bug("numbers of " + n.width() + " bytes where " + element + " are wanted");
    }
    byte[] bytes = canonical(element, n.shared());
    if (bytes.length > Limits.LIST_BYTES) {
      throw AbiStop.bug("a list of more than " + Limits.LIST_BYTES + " bytes");
    }
    crossing.charge(bytes.length);
    int address = crossing.allocate(element.size(), bytes.length);
    crossing.memory().write(address, bytes, 0, bytes.length);
    return address;
  }

  private int copied(byte[] bytes) throws AbiStop {
    crossing.charge(bytes.length);
    int address = crossing.allocate(1, bytes.length);
    crossing.memory().write(address, bytes, 0, bytes.length);
    return address;
  }

  private int items(Layout element, Value value) throws AbiStop {
    if (!(value instanceof Value.Items list)) {
      throw AbiStop.bug("not a list");
    }
    List<Value> elements = list.elements();
    int size = element.size();
    if (elements.size() > Limits.LIST_BYTES / size) {
      throw AbiStop.bug("a list of more than " + Limits.LIST_BYTES + " bytes");
    }
    int length = elements.size() * size;
    crossing.charge(length);
    int address = crossing.allocate(element.alignment(), length);
    for (int i = 0; i < elements.size(); i++) {
      store(element, elements.get(i), address + i * size);
    }
    return address;
  }
}

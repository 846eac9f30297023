// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.myrhiza.testkit.suites.component.Stops.assertBug;
import static org.myrhiza.testkit.suites.component.Stops.assertRule;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Fuel;
import org.myrhiza.wasm.abi.Handles;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.abi.Lift;
import org.myrhiza.wasm.abi.Lower;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.value.Value;

/** What crosses is paid to the unit, checked to the byte and written to the bit. */
public final class CrossingBytesSuite {
  private static final int MEMORY = 1 << 10;
  private static final long LEFT_OVER = 0x5555_5555_5555_5555L;
  private static final ValueType LONGS = new ValueType.ListOf(Primitive.U64);
  private static final ValueType BYTES = new ValueType.ListOf(Primitive.U8);
  private static final ValueType TEXTS = new ValueType.ListOf(Primitive.STRING);

  /** Makes the suite. */
  public CrossingBytesSuite() {}

  /** One side over a memory of its own. */
  private static final class Side {
    final FlatMemory memory = new FlatMemory(MEMORY);
    final CoreGlobal account;
    final Fuel fuel;
    final Crossing crossing;
    final Lift lift;
    final Lower lower;
    Slots flat = Slots.NONE;

    Side(long units) {
      this(units, StringEncoding.UTF8);
    }

    Side(long units, StringEncoding encoding) {
      account = FlatMemory.fuel(units);
      fuel = new Fuel(account);
      crossing =
          new Crossing(
              new Crossing.Side(memory, memory.realloc(), encoding),
              new Handles(0, new int[0]),
              fuel);
      lift = new Lift(crossing);
      lower = new Lower(crossing);
      crossing.begin(null);
    }

    void lower(ValueType type, Value value) throws AbiStop {
      flat = slots(type);
      lower.parameters(Layout.group(List.of(type)), new Value[] {value}, flat);
    }

    Value lift(ValueType type, long... values) throws AbiStop {
      Slots slots = slots(type);
      for (int i = 0; i < values.length; i++) {
        slots.setLong(i, values[i]);
      }
      return lift(type, slots);
    }

    Value lift(ValueType type, Slots slots) throws AbiStop {
      return lift.parameters(Layout.group(List.of(type)), slots)[0];
    }

    long left() {
      return fuel.left();
    }
  }

  /** Slots of one parameter, with something in them from before. */
  private static Slots slots(ValueType type) {
    FunctionType function = new FunctionType(List.of(new ValueType.Field("p", type)), null);
    Slots slots = Slots.of(Flatten.lifted(function).params());
    for (int i = 0; i < slots.size(); i++) {
      slots.setLong(i, LEFT_OVER);
    }
    return slots;
  }

  private static void assertSlots(Slots slots, long... wanted) {
    long[] seen = new long[slots.size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = slots.getLong(i);
    }
    assertArrayEquals(wanted, seen);
  }

  /** Lowers with as much as it takes, and with one less. */
  private static void costs(int units, ValueType type, Value value) throws AbiStop {
    Side enough = new Side(units);
    enough.lower(type, value);
    assertEquals(0, enough.left(), "lowering " + type);
    AbiStop stop = assertThrows(AbiStop.class, () -> new Side(units - 1).lower(type, value));
    assertEquals(new AbiStop.Cause.OutOfFuel(), stop.reason(), "lowering " + type);
    Side back = new Side(2L * units);
    back.lower(type, value);
    assertEquals(value, back.lift(type, back.flat), "lifting " + type);
    assertEquals(0, back.left(), "lifting " + type);
  }

  @Test
  @Proves({"COMPONENT-7", "METERING-7"})
  void listsAndStrings_areToBePaidByteByByte() throws AbiStop {
    costs(5, BYTES, Value.Octets.adopt(new byte[5]));
    costs(16, LONGS, Value.Numbers.adopt(new byte[16], 8));
    costs(3, Primitive.STRING, new Value.Text("abc"));
    costs(18, TEXTS, new Value.Items(List.of(new Value.Text("a"), new Value.Text("b"))));
    ValueType pairs = new ValueType.MapOf(Primitive.U8, Primitive.U32);
    Value pair = Value.Group.of(new Value.Int32(1), new Value.Int32(2));
    costs(8, pairs, new Value.Items(List.of(pair)));
    ValueType fixed = new ValueType.FixedListOf(Primitive.BOOL, 3);
    Value three = new Value.Items(List.of(Value.TRUE, Value.FALSE, Value.TRUE));
    costs(6, new ValueType.ListOf(fixed), new Value.Items(List.of(three)));
  }

  @Test
  void theAllocator_findsAndChangesTheAccount() throws AbiStop {
    Side side = new Side(100);
    side.memory.account = side.account;
    side.memory.price = 10;
    side.lower(TEXTS, new Value.Items(List.of(new Value.Text("ab"), new Value.Text(""))));
    assertEquals(100 - 16 - 2 - 3 * 10, side.left());
  }

  @Test
  void lists_mayEndWhereMemoryEnds() throws AbiStop {
    Side side = new Side(4 * MEMORY);
    assertEquals(Value.Numbers.adopt(new byte[MEMORY], 8), side.lift(LONGS, 0, MEMORY / 8));
    assertEquals(Value.Octets.adopt(new byte[1]), side.lift(BYTES, MEMORY - 1, 1));
    assertEquals(Value.Octets.EMPTY, side.lift(BYTES, MEMORY, 0));
    assertRule("list outside memory", () -> side.lift(LONGS, 0, MEMORY / 8 + 1));
    assertRule("list outside memory", () -> side.lift(LONGS, 0, -1));
    assertRule("address outside memory", () -> side.lift(LONGS, MEMORY - 8, 2));
    assertRule("address outside memory", () -> side.lift(LONGS, 8, MEMORY / 8));
    assertRule("address not aligned", () -> side.lift(LONGS, 4, 1));
    assertRule("address outside memory", () -> side.lift(BYTES, MEMORY + 1, 0));
    assertRule("address outside memory", () -> side.lift(BYTES, 0, -1));
  }

  @Test
  @Proves("COMPONENT-7")
  void nans_becomeTheCanonicalOne_inListsToo() throws AbiStop {
    byte[] singles = {1, 0, (byte) 0x80, 0x7f, 0, 0, (byte) 0x80, 0x7f, 5, 0, 0, (byte) 0xff};
    byte[] wanted = {0, 0, (byte) 0xc0, 0x7f, 0, 0, (byte) 0x80, 0x7f, 5, 0, 0, (byte) 0xff};
    nans(Primitive.F32, singles, wanted);
    byte[] doubles = {
      1, 0, 0, 0, 0, 0, (byte) 0xf0, (byte) 0xff, 0, 0, 0, 0, 0, 0, (byte) 0xf0, 0x7f
    };
    byte[] same = {0, 0, 0, 0, 0, 0, (byte) 0xf8, 0x7f, 0, 0, 0, 0, 0, 0, (byte) 0xf0, 0x7f};
    nans(Primitive.F64, doubles, same);
    Side side = new Side(0);
    side.lower(Primitive.F32, side.lift(Primitive.F32, 0xffc0_0001L));
    assertSlots(side.flat, 0x7fc0_0000);
    side.lower(Primitive.F64, side.lift(Primitive.F64, 0xfff0_0000_0000_0001L));
    assertSlots(side.flat, 0x7ff8_0000_0000_0000L);
  }

  private static void nans(Primitive type, byte[] given, byte[] wanted) throws AbiStop {
    ValueType list = new ValueType.ListOf(type);
    byte[] kept = given.clone();
    Side side = new Side(MEMORY);
    side.lower(list, Value.Numbers.adopt(given, type.size()));
    int at = side.flat.getInt(0);
    assertArrayEquals(wanted, Arrays.copyOfRange(side.memory.bytes, at, at + wanted.length));
    assertArrayEquals(kept, given, "the host's own bytes stay");
    System.arraycopy(kept, 0, side.memory.bytes, at, kept.length);
    Value.Numbers back = assertInstanceOf(Value.Numbers.class, side.lift(list, side.flat));
    assertArrayEquals(wanted, back.shared());
  }

  @Test
  void numbersOneByOne_areStoredLikeThoseInOnePiece() throws AbiStop {
    Side side = new Side(MEMORY);
    side.lower(LONGS, new Value.Items(List.of(new Value.Int64(1), new Value.Int64(-1))));
    assertEquals(2, side.flat.getInt(1));
    assertEquals(1, side.memory.loadLong(side.flat.getInt(0)));
    assertEquals(-1, side.memory.loadLong(side.flat.getInt(0) + 8));
    assertBug(() -> side.lower(LONGS, Value.Numbers.adopt(new byte[8], 4)));
    assertBug(() -> side.lower(LONGS, Value.TRUE));
  }

  /** Joined slots: a tagged length is a large number, not a negative one. */
  @Test
  void slotsOf64Bits_areZeroExtendedAndCleared() throws AbiStop {
    ValueType variant =
        new ValueType.VariantOf(
            List.of(
                new ValueType.Case("text", Primitive.STRING),
                new ValueType.Case(
                    "wide", new ValueType.TupleOf(List.of(Primitive.U64, Primitive.U64))),
                new ValueType.Case("small", Primitive.S32)));
    Side side = new Side(MEMORY, StringEncoding.LATIN1_UTF16);
    Value text = new Value.Text("\u2603", Value.Text.Form.TAGGED_UTF16);
    side.lower(variant, new Value.Case(0, text));
    assertSlots(side.flat, 0, 16, 0x8000_0001L);
    side.lower(variant, new Value.Case(2, new Value.Int32(-2)));
    assertSlots(side.flat, 2, 0xffff_fffeL, 0);
    Value wide = Value.Group.of(new Value.Int64(-1), new Value.Int64(7));
    side.lower(variant, new Value.Case(1, wide));
    assertSlots(side.flat, 1, -1, 7);
    assertEquals(new Value.Case(1, wide), side.lift(variant, side.flat));
    assertEquals(
        new Value.Case(2, new Value.Int32(-2)), side.lift(variant, 2, 0x7_ffff_fffeL, LEFT_OVER));
    assertRule("discriminant out of range", () -> side.lift(variant, 3, 0, 0));
    assertRule("discriminant out of range", () -> side.lift(variant, -1, 0, 0));
  }

  @Test
  void whatFollowsAChoice_beginsBehindItsWidestCase() throws AbiStop {
    ValueType option = new ValueType.OptionOf(Primitive.STRING);
    ValueType both = new ValueType.TupleOf(List.of(option, Primitive.U8));
    Side side = new Side(MEMORY);
    Value value = Value.Group.of(Value.Case.NONE, new Value.Int32(9));
    side.lower(both, value);
    assertSlots(side.flat, 0, 0, 0, 9);
    assertEquals(value, side.lift(both, side.flat));
  }

  @Test
  void manyParameters_lieInOneAllocation() throws AbiStop {
    ValueType[] types = new ValueType[17];
    Value[] values = new Value[17];
    for (int i = 0; i < types.length; i++) {
      types[i] = i % 2 == 0 ? Primitive.U8 : Primitive.U32;
      values[i] = new Value.Int32(i);
    }
    Layout.Group layout = Layout.group(List.of(types));
    Side side = new Side(0);
    side.flat = Slots.ofInts(1);
    side.lower.parameters(layout, values, side.flat);
    assertEquals(List.of("0 0 4 " + (8 * 8 + 4)), side.memory.calls);
    assertEquals(16, side.flat.getInt(0));
    assertEquals(15, side.memory.loadInt(16 + 7 * 8 + 4));
    assertEquals(16, side.memory.loadByte(16 + 8 * 8));
    assertEquals(List.of(values), List.of(side.lift.parameters(layout, side.flat)));
    assertRule("address not aligned", () -> side.lift.parameters(layout, Slots.holding(2)));
    assertRule(
        "address outside memory", () -> side.lift.parameters(layout, Slots.holding(MEMORY - 64)));
    assertBug(() -> side.lower.parameters(layout, Arrays.copyOf(values, 16), side.flat));
  }

  @Test
  void spilledResults_goWhereTheGuestSaid() throws AbiStop {
    Layout pair = Layout.of(new ValueType.TupleOf(List.of(Primitive.U8, Primitive.U16)));
    Value value = Value.Group.of(new Value.Int32(1), new Value.Int32(0x203));
    Side side = new Side(0);
    side.lower.result(pair, value, side.flat, MEMORY - 4);
    assertEquals(0x0203_0001, side.memory.loadInt(MEMORY - 4));
    assertEquals(value, side.lift.result(pair, Slots.holding(MEMORY - 4)));
    assertRule(
        "address outside memory", () -> side.lower.result(pair, value, side.flat, MEMORY - 2));
    assertRule("address not aligned", () -> side.lower.result(pair, value, side.flat, 1));
    assertRule("address outside memory", () -> side.lower.result(pair, value, side.flat, -2));
  }

  @Test
  void values_outsideOfTheirType_areTheHostsBug() {
    Side side = new Side(MEMORY);
    int[] bounds = {-129, 128, -1, 256, -32_769, 32_768, -1, 65_536};
    Primitive[] types = {Primitive.S8, Primitive.U8, Primitive.S16, Primitive.U16};
    for (int i = 0; i < bounds.length; i++) {
      Value wrong = new Value.Int32(bounds[i]);
      Primitive type = types[i / 2];
      assertBug(() -> side.lower(type, wrong));
    }
    ValueType three = new ValueType.FlagsOf(List.of("a", "b", "c"));
    assertBug(() -> side.lower(three, new Value.Flags(8)));
    ValueType option = new ValueType.OptionOf(Primitive.BOOL);
    assertBug(() -> side.lower(option, new Value.Case(1, null)));
    assertBug(() -> side.lower(option, new Value.Case(0, Value.TRUE)));
    assertBug(() -> side.lower(option, new Value.Case(-1, null)));
    assertBug(() -> side.lower(option, new Value.Case(2, null)));
    assertBug(() -> side.lower(BYTES, new Value.Text("")));
    assertBug(() -> side.lower(Primitive.STRING, Value.TRUE));
    assertBug(() -> side.lower(Primitive.BOOL, new Value.Int32(1)));
    assertBug(() -> side.lower(Primitive.CHAR, new Value.Int32(1)));
    assertBug(() -> side.lower(Primitive.F32, new Value.Float64(1)));
    assertBug(() -> side.lower(Primitive.F64, new Value.Float32(1)));
    assertBug(() -> side.lower(Primitive.S64, new Value.Int32(1)));
    ValueType fixed = new ValueType.FixedListOf(Primitive.BOOL, 2);
    assertBug(() -> side.lower(fixed, new Value.Items(List.of(Value.TRUE))));
    ValueType tuple = new ValueType.TupleOf(List.of(Primitive.BOOL, Primitive.BOOL));
    assertBug(() -> side.lower(tuple, Value.Group.of(Value.TRUE)));
  }

  @Test
  void values_atTheBoundsOfTheirType_survive() throws AbiStop {
    int[] bounds = {-128, 127, 0, 255, -32_768, 32_767, 0, 65_535};
    Primitive[] types = {Primitive.S8, Primitive.U8, Primitive.S16, Primitive.U16};
    for (int i = 0; i < bounds.length; i++) {
      survives(types[i / 2], new Value.Int32(bounds[i]));
    }
    survives(Primitive.U32, new Value.Int32(-1));
    survives(Primitive.CHAR, new Value.Char(0));
    survives(Primitive.CHAR, new Value.Char(0x10ffff));
    survives(Primitive.CHAR, new Value.Char(0xd7ff));
    survives(Primitive.CHAR, new Value.Char(0xe000));
    Side side = new Side(0);
    assertRule("not a Unicode scalar value", () -> side.lift(Primitive.CHAR, 0x110000));
    assertRule("not a Unicode scalar value", () -> side.lift(Primitive.CHAR, 0xdfff));
    assertRule("not a Unicode scalar value", () -> side.lift(Primitive.CHAR, -1));
  }

  /** Flat, and in memory. */
  private static void survives(Primitive type, Value value) throws AbiStop {
    Side side = new Side(MEMORY);
    side.lower(type, value);
    assertEquals(value, side.lift(type, side.flat));
    ValueType listed = new ValueType.ListOf(new ValueType.TupleOf(List.of(Primitive.BOOL, type)));
    Value items = new Value.Items(List.of(Value.Group.of(Value.TRUE, value)));
    side.lower(listed, items);
    assertEquals(items, side.lift(listed, side.flat));
  }

  @Test
  void whereOptionsAreMissing_theHostIsToBlame() {
    Crossing bare =
        new Crossing(
            new Crossing.Side(null, null, StringEncoding.UTF8),
            new Handles(0, new int[0]),
            new Fuel(FlatMemory.fuel(MEMORY)));
    bare.begin(null);
    Layout.Group text = Layout.group(List.of(Primitive.STRING));
    Value[] values = {new Value.Text("a")};
    assertBug(() -> new Lower(bare).parameters(text, values, Slots.ofInts(2)));
    assertBug(() -> new Lift(bare).parameters(text, Slots.holding(0, 1)));
  }
}

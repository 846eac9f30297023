// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.myrhiza.testkit.Seeded;
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
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.value.Value;

/** Layout, flattening, lifting and lowering as CanonicalABI.md has them, over a plain memory. */
public final class CanonicalAbiSuite {
  private static final int MEMORY = 1 << 20;
  private static final long PLENTY = 1L << 40;
  private static final int ROUNDS = 1_500;
  private static final ValueType BYTES = new ValueType.ListOf(Primitive.U8);

  /** Makes the suite. */
  public CanonicalAbiSuite() {}

  private record Side(FlatMemory memory, Crossing crossing, Lift lift, Lower lower) {
    static Side of(long fuel) {
      return of(fuel, StringEncoding.UTF8);
    }

    static Side of(long fuel, StringEncoding encoding) {
      FlatMemory memory = new FlatMemory(MEMORY);
      Crossing crossing =
          new Crossing(
              new Crossing.Side(memory, memory.realloc(), encoding),
              new Handles(0, new int[0]),
              new Fuel(FlatMemory.fuel(fuel)));
      crossing.begin(null);
      return new Side(memory, crossing, new Lift(crossing), new Lower(crossing));
    }
  }

  @Test
  void randomParameters_surviveLoweringAndLifting() throws AbiStop {
    Seeded random = new Seeded(4_711L);
    RandomTypes types = new RandomTypes(random);
    for (int i = 0; i < ROUNDS; i++) {
      List<ValueType> params = types.fields(3).stream().map(ValueType.Field::type).toList();
      Value[] values = params.stream().map(types::value).toArray(Value[]::new);
      StringEncoding[] encodings = StringEncoding.values();
      Side side = Side.of(PLENTY, encodings[random.nextInt(encodings.length)]);
      Slots flat = slots(params);
      Layout.Group layout = Layout.group(params);
      side.lower().parameters(layout, values, flat);
      Value[] back = side.lift().parameters(layout, flat);
      assertEquals(
          List.of(values),
          List.of(back),
          "seed " + random.seed() + " round " + i + " of " + params);
    }
  }

  @Test
  void randomResults_surviveLoweringAndLifting() throws AbiStop {
    Seeded random = new Seeded(815L);
    RandomTypes types = new RandomTypes(random);
    for (int i = 0; i < ROUNDS; i++) {
      ValueType type = types.type(3);
      Value value = types.value(type);
      Side side = Side.of(PLENTY);
      Layout layout = Layout.of(type);
      Slots flat = Slots.of(Flatten.lifted(function(type)).results());
      int address = 8;
      side.memory().next = Layout.align(address + layout.size(), 8);
      side.lower().result(layout, value, flat, address);
      if (layout.flatCount() > Flatten.MAX_RESULTS) {
        flat.setInt(0, address);
      }
      assertEquals(value, side.lift().result(layout, flat), "seed 815 round " + i + " of " + type);
    }
  }

  @Test
  void layouts_areThoseOfTheSpecification() {
    ValueType point = record(Primitive.U8, Primitive.U32);
    assertLayout(8, 4, 2, point);
    assertLayout(12, 4, 3, record(Primitive.U8, Primitive.STRING));
    assertLayout(16, 8, 2, new ValueType.OptionOf(Primitive.U64));
    assertLayout(12, 4, 3, new ValueType.ResultOf(null, Primitive.STRING));
    assertLayout(2, 1, 2, new ValueType.OptionOf(Primitive.BOOL));
    assertLayout(1, 1, 1, new ValueType.EnumOf(List.of("a", "b")));
    ValueType texts = new ValueType.ListOf(Primitive.STRING);
    assertLayout(8, 4, 2, texts);
    assertLayout(12, 4, 3, record(Primitive.U8, texts));
    assertLayout(1, 1, 1, new ValueType.FlagsOf(names(8)));
    assertLayout(2, 2, 1, new ValueType.FlagsOf(names(9)));
    assertLayout(2, 2, 1, new ValueType.FlagsOf(names(16)));
    assertLayout(4, 4, 1, new ValueType.FlagsOf(names(17)));
    assertLayout(2, 2, 1, new ValueType.EnumOf(names(257)));
    assertLayout(1, 1, 1, new ValueType.EnumOf(names(256)));
  }

  @Test
  void flattening_joinsCasesAndSpills() {
    ValueType wide =
        new ValueType.VariantOf(
            List.of(
                new ValueType.Case("a", Primitive.U64), new ValueType.Case("b", Primitive.STRING)));
    CoreSignature signature = Flatten.lifted(function(BYTES, wide));
    assertEquals(List.of(ValueKind.I32, ValueKind.I64, ValueKind.I32), signature.params());
    assertEquals(List.of(ValueKind.I32), signature.results());
    CoreSignature lowered = Flatten.lowered(function(BYTES, wide));
    assertEquals(
        List.of(ValueKind.I32, ValueKind.I64, ValueKind.I32, ValueKind.I32), lowered.params());
    assertEquals(List.of(), lowered.results());
    ValueType[] many = new ValueType[17];
    Arrays.fill(many, Primitive.U8);
    assertEquals(List.of(ValueKind.I32), Flatten.lifted(function(null, many)).params());
  }

  @Test
  @Proves("COMPONENT-7")
  void realloc_isCalledOncePerListInOrder_emptyOnesIncluded() throws AbiStop {
    Side side = Side.of(PLENTY);
    ValueType lists = new ValueType.ListOf(Primitive.STRING);
    Value value =
        new Value.Items(List.of(new Value.Text(""), new Value.Text("ab"), new Value.Text("naïve")));
    Slots flat = slots(List.of(lists, BYTES));
    side.lower()
        .parameters(
            Layout.group(List.of(lists, BYTES)), new Value[] {value, Value.Octets.EMPTY}, flat);
    assertEquals(5, side.memory().reallocs);
    assertEquals(16, flat.getInt(0));
    assertEquals(3, flat.getInt(1));
    int first = 16 + 3 * Layout.POINTER_PAIR;
    assertEquals(first, side.memory().loadInt(16));
    assertEquals(first, side.memory().loadInt(24));
    assertEquals(first + 2, side.memory().loadInt(32));
    assertEquals(6, side.memory().loadInt(36));
    assertEquals(first + 8, flat.getInt(2));
  }

  @Test
  @Proves("COMPONENT-7")
  void liftingBadMemory_breaksARule() {
    Side side = Side.of(PLENTY);
    Layout text = Layout.of(Primitive.STRING);
    side.memory().bytes[100] = (byte) 0xc0;
    side.memory().bytes[101] = (byte) 0x80;
    assertRule(() -> side.lift().parameters(group(Primitive.STRING), Slots.holding(100, 2)));
    assertRule(() -> side.lift().result(text, Slots.holding(2)));
    assertRule(() -> side.lift().result(text, Slots.holding(MEMORY - 4)));
    assertRule(() -> side.lift().parameters(group(BYTES), Slots.holding(MEMORY, 1)));
    assertRule(() -> side.lift().parameters(group(BYTES), Slots.holding(-1, 1)));
    assertRule(() -> side.lift().parameters(group(BYTES), Slots.holding(0, -1)));
    ValueType longs = new ValueType.ListOf(Primitive.U64);
    assertRule(() -> side.lift().parameters(group(longs), Slots.holding(4, 0)));
    assertRule(() -> side.lift().parameters(group(longs), Slots.holding(0, 1 << 29)));
    assertRule(() -> side.lift().parameters(group(Primitive.CHAR), Slots.holding(0xd800)));
    assertRule(() -> side.lift().parameters(group(Primitive.CHAR), Slots.holding(0x110000)));
    ValueType option = new ValueType.OptionOf(Primitive.U8);
    assertRule(() -> side.lift().parameters(group(option), Slots.holding(2, 0)));
  }

  @Test
  void liftedScalars_areWrappedAndMasked() throws AbiStop {
    Side side = Side.of(PLENTY);
    Layout.Group layout =
        group(
            Primitive.U8,
            Primitive.S8,
            Primitive.U16,
            Primitive.BOOL,
            new ValueType.FlagsOf(names(3)));
    Value[] values =
        side.lift().parameters(layout, Slots.holding(0x1ff, 0x80, 0x12345, 0xffff0000, 0xff));
    assertEquals(new Value.Int32(0xff), values[0]);
    assertEquals(new Value.Int32(-128), values[1]);
    assertEquals(new Value.Int32(0x2345), values[2]);
    assertEquals(Value.TRUE, values[3]);
    assertEquals(new Value.Flags(7), values[4]);
  }

  @Test
  void listsThatShareTheirBytes_runOutOfFuelBeforeMemory() {
    Side side = Side.of(5_000_000);
    int count = 60_000;
    for (int i = 0; i < count; i++) {
      side.memory().storeInt(8 * i, 0);
      side.memory().storeInt(8 * i + 4, count);
    }
    ValueType nested = new ValueType.ListOf(new ValueType.ListOf(new ValueType.ListOf(BYTES)));
    AbiStop stop =
        assertThrows(
            AbiStop.class, () -> side.lift().parameters(group(nested), Slots.holding(0, count)));
    assertInstanceOf(AbiStop.Cause.OutOfFuel.class, stop.reason());
  }

  @Test
  void aBrokenAllocator_breaksARule() {
    Side side = Side.of(PLENTY);
    side.memory().next = MEMORY - 3;
    Value[] values = {new Value.Text("four")};
    assertRule(() -> side.lower().parameters(group(Primitive.STRING), values, Slots.ofInts(16)));
  }

  @Test
  void aValueOfAnotherType_isTheHostsBug() {
    Side side = Side.of(PLENTY);
    Value[][] wrong = {
      {new Value.Int32(256)}, {new Value.Text("\ud800")}, {Value.TRUE}, {new Value.Case(2, null)}
    };
    ValueType[] types = {
      Primitive.U8, Primitive.STRING, Primitive.U32, new ValueType.EnumOf(List.of("a", "b"))
    };
    for (int i = 0; i < wrong.length; i++) {
      Value[] values = wrong[i];
      Layout.Group layout = group(types[i]);
      AbiStop stop =
          assertThrows(
              AbiStop.class, () -> side.lower().parameters(layout, values, Slots.ofInts(16)));
      assertInstanceOf(AbiStop.Cause.HostBug.class, stop.reason());
    }
  }

  private static Slots slots(List<ValueType> params) {
    return Slots.of(Flatten.lifted(function(null, params.toArray(new ValueType[0]))).params());
  }

  private static void assertRule(Executable work) {
    AbiStop stop = assertThrows(AbiStop.class, work);
    assertInstanceOf(AbiStop.Cause.BrokenRule.class, stop.reason());
  }

  private static void assertLayout(int size, int alignment, int flat, ValueType type) {
    Layout layout = Layout.of(type);
    assertEquals(size, layout.size(), "size of " + type);
    assertEquals(alignment, layout.alignment(), "alignment of " + type);
    assertEquals(flat, layout.flatCount(), "flat values of " + type);
  }

  private static Layout.Group group(ValueType... types) {
    return Layout.group(List.of(types));
  }

  private static ValueType record(ValueType... types) {
    ArrayList<ValueType.Field> fields = new ArrayList<>();
    for (ValueType t : types) {
      fields.add(new ValueType.Field("f" + fields.size(), t));
    }
    return new ValueType.RecordOf(fields);
  }

  private static FunctionType function(@Nullable ValueType result, ValueType... params) {
    ArrayList<ValueType.Field> fields = new ArrayList<>();
    for (ValueType t : params) {
      fields.add(new ValueType.Field("p" + fields.size(), t));
    }
    return new FunctionType(fields, result);
  }

  private static List<String> names(int count) {
    ArrayList<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add("n" + i);
    }
    return out;
  }
}

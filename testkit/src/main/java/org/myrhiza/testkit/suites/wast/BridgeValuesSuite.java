// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.wast.BridgeValues;
import org.myrhiza.testkit.wast.WastValue;
import org.myrhiza.testkit.wast.WastValue.Whole;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/** A script's values reach the bridge as what they are, and come back the same. */
public final class BridgeValuesSuite {
  private static final WastValue SEVEN = whole(Whole.U8, 7);

  /** Made once per test. */
  public BridgeValuesSuite() {}

  private static WastValue whole(Whole type, long value) {
    return new WastValue.Int(type, value);
  }

  private static Value back(ValueType type, WastValue value) throws Exception {
    Value lowered = BridgeValues.lower(type, value);
    assertEquals(value, BridgeValues.lift(type, lowered));
    return lowered;
  }

  private static void refused(ValueType type, @Nullable WastValue value) {
    assertThrows(BridgeValues.MismatchException.class, () -> BridgeValues.lower(type, value));
  }

  @Test
  void primitives_keepTheirBits() throws Exception {
    assertEquals(new Value.Int32(255), back(Primitive.U8, whole(Whole.U8, 255)));
    assertEquals(new Value.Int32(-1), back(Primitive.S8, whole(Whole.S8, -1)));
    assertEquals(new Value.Int32(-1), back(Primitive.U32, whole(Whole.U32, 0xffff_ffffL)));
    assertEquals(new Value.Int32(-1), back(Primitive.S32, whole(Whole.S32, -1)));
    assertEquals(new Value.Int64(-1), back(Primitive.U64, whole(Whole.U64, -1)));
    assertEquals(new Value.Char(0x1f370), back(Primitive.CHAR, new WastValue.Char(0x1f370)));
    assertEquals(new Value.Text("é"), back(Primitive.STRING, new WastValue.Text("é")));
    assertEquals(Value.TRUE, back(Primitive.BOOL, new WastValue.Bool(true)));
    refused(Primitive.U8, whole(Whole.S8, 1));
    refused(Primitive.BOOL, new WastValue.Text("true"));
    refused(Primitive.U8, null);
  }

  @Test
  void lists_ofOctetsAreOctets() throws Exception {
    WastValue octets = new WastValue.Items(List.of(SEVEN, whole(Whole.U8, 200)));
    assertEquals(
        Value.Octets.adopt(new byte[] {7, (byte) 200}),
        back(new ValueType.ListOf(Primitive.U8), octets));
    WastValue shorts = new WastValue.Items(List.of(whole(Whole.U16, 7)));
    assertEquals(
        new Value.Items(List.of(new Value.Int32(7))),
        back(new ValueType.ListOf(Primitive.U16), shorts));
    refused(new ValueType.ListOf(Primitive.U16), octets);
  }

  @Test
  void records_needTheirFieldsInOrder() throws Exception {
    ValueType type =
        new ValueType.RecordOf(
            List.of(
                new ValueType.Field("a", Primitive.U8), new ValueType.Field("b", Primitive.BOOL)));
    WastValue.Field a = new WastValue.Field("a", SEVEN);
    WastValue.Field b = new WastValue.Field("b", new WastValue.Bool(false));
    assertEquals(
        Value.Group.of(new Value.Int32(7), Value.FALSE),
        back(type, new WastValue.Fields(List.of(a, b))));
    refused(type, new WastValue.Fields(List.of(b, a)));
    refused(type, new WastValue.Fields(List.of(a, new WastValue.Field("c", b.value()))));
    refused(type, new WastValue.Fields(List.of(a)));
    ValueType tuple = new ValueType.TupleOf(List.of(Primitive.U8));
    back(tuple, new WastValue.Tuple(List.of(SEVEN)));
    refused(tuple, new WastValue.Tuple(List.of(SEVEN, SEVEN)));
  }

  @Test
  void choices_goByTheirLabels() throws Exception {
    ValueType variant =
        new ValueType.VariantOf(
            List.of(new ValueType.Case("x", null), new ValueType.Case("y", Primitive.U8)));
    assertEquals(
        new Value.Case(1, new Value.Int32(7)), back(variant, new WastValue.Case("y", SEVEN)));
    back(variant, new WastValue.Case("x", null));
    refused(variant, new WastValue.Case("x", SEVEN));
    refused(variant, new WastValue.Case("y", null));
    refused(variant, new WastValue.Case("z", null));
    ValueType labels = new ValueType.EnumOf(List.of("x", "y"));
    assertEquals(new Value.Case(1, null), back(labels, new WastValue.Case("y", null)));
    refused(labels, new WastValue.Case("z", null));
    ValueType option = new ValueType.OptionOf(Primitive.U8);
    assertEquals(Value.Case.NONE, back(option, new WastValue.Option(null)));
    back(option, new WastValue.Option(SEVEN));
    ValueType result = new ValueType.ResultOf(null, Primitive.U8);
    back(result, new WastValue.Result(true, null));
    assertEquals(
        new Value.Case(1, new Value.Int32(7)), back(result, new WastValue.Result(false, SEVEN)));
    refused(result, new WastValue.Result(true, SEVEN));
  }

  @Test
  void flags_areBitsByTheirOrderInTheType() throws Exception {
    ValueType type = new ValueType.FlagsOf(List.of("c", "a", "b"));
    assertEquals(
        new Value.Flags(0b101), back(type, new WastValue.Flags(new TreeSet<>(List.of("b", "c")))));
    refused(type, new WastValue.Flags(new TreeSet<>(List.of("d"))));
  }
}

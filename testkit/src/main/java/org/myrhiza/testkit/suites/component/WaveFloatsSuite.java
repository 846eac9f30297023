// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.value.Value;
import org.myrhiza.wasm.value.Wave;
import org.myrhiza.wasm.value.WaveResult;

/** Floats as text: the fewest digits that name them, and the nearest float to any digits. */
public final class WaveFloatsSuite {
  private static final int ROUNDS = 2_000;

  /** Makes the suite. */
  public WaveFloatsSuite() {}

  private static void assertWide(long bits, String text, String... others) {
    Value value = new Value.Float64(Double.longBitsToDouble(bits));
    assertEquals(new WaveResult.Ok<>(text), Wave.print(Primitive.F64, value));
    assertEquals(new WaveResult.Ok<>(value), Wave.parse(Primitive.F64, text), text);
    for (String other : others) {
      assertEquals(new WaveResult.Ok<>(value), Wave.parse(Primitive.F64, other), other);
    }
  }

  private static void assertSingle(int bits, String text, String... others) {
    Value value = new Value.Float32(Float.intBitsToFloat(bits));
    assertEquals(new WaveResult.Ok<>(text), Wave.print(Primitive.F32, value));
    assertEquals(new WaveResult.Ok<>(value), Wave.parse(Primitive.F32, text), text);
    for (String other : others) {
      assertEquals(new WaveResult.Ok<>(value), Wave.parse(Primitive.F32, other), other);
    }
  }

  /** By its text: not every platform finds two NaNs equal. */
  private static void assertNan(Primitive type, Value value) {
    assertEquals(new WaveResult.Ok<>("nan"), Wave.print(type, value));
    if (Wave.parse(type, "nan") instanceof WaveResult.Ok<Value>(Value read)) {
      assertEquals(new WaveResult.Ok<>("nan"), Wave.print(type, read));
    }
  }

  @Test
  void wideFloats_areNamedByTheFewestDigits() {
    assertWide(0L, "0", "0.000e5", "1e-400", "0e999999999999");
    assertWide(1L << 63, "-0", "-0.0", "-1e-99999");
    assertWide(0x3ff0000000000000L, "1", "1.0", "10e-1", "0.1e1", "1E0");
    assertWide(0x3fb999999999999aL, "0.1");
    assertWide(0x3fd3333333333334L, "0.30000000000000004");
    assertWide(0x44b52d02c7e14af6L, "1e+23", "100000000000000000000000");
    assertWide(0x4480f0cf064dd592L, "1e+22");
    assertWide(0x444b1ae4d6e2ef50L, "1e+21");
    assertWide(0x4415af1d78b58c40L, "100000000000000000000");
    assertWide(0x4340000000000000L, "9007199254740992", "9007199254740993");
    assertWide(0x4340000000000002L, "9007199254740996", "9007199254740995");
    assertWide(0x7fefffffffffffffL, "1.7976931348623157e+308", "1.7976931348623158e308");
    assertWide(0x0010000000000000L, "2.2250738585072014e-308");
    assertWide(0x0040000000000000L, "1.7800590868057611e-307");
    assertWide(0x000fffffffffffffL, "2.225073858507201e-308", "2.2250738585072011e-308");
    assertWide(1L, "5e-324", "3e-324", "2.4703282292062328e-324");
    assertWide(0L, "0", "2.4703282292062327e-324");
    assertWide(0x3eb0c6f7a0b5ed8dL, "0.000001");
    assertWide(0x3e7ad7f29abcaf48L, "1e-7");
    assertWide(0x7ff0000000000000L, "inf");
    assertWide(0xfff0000000000000L, "-inf");
    assertNan(Primitive.F64, new Value.Float64(Double.longBitsToDouble(0x7ff8000000000000L)));
    assertNan(Primitive.F64, new Value.Float64(Double.NaN));
  }

  @Test
  void singleFloats_areRoundedOnce() {
    assertSingle(0x3dcccccd, "0.1");
    assertSingle(0x4b800000, "16777216", "16777217", "16777217.0000000000000000");
    assertSingle(0x4b800001, "16777218", "16777217.0000000000000000000000000001");
    assertSingle(0x7f7fffff, "3.4028235e+38", "3.4028235677973366e38");
    assertSingle(1, "1e-45", "0.8e-45");
    assertSingle(0x00800000, "1.1754944e-38");
    assertSingle(0x80000000, "-0", "-1e-46");
    assertSingle(0xff800000, "-inf");
    assertNan(Primitive.F32, new Value.Float32(Float.intBitsToFloat(0x7fc00000)));
    assertNan(Primitive.F32, new Value.Float32(Float.NaN));
  }

  @Test
  void randomFloats_surviveWritingAndReading() {
    Seeded random = new Seeded(754L);
    for (int i = 0; i < ROUNDS; i++) {
      Value wide = new Value.Float64(Double.longBitsToDouble(random.nextLong()));
      assertSurvives(Primitive.F64, wide, i);
      Value single = new Value.Float32(Float.intBitsToFloat(random.nextInt()));
      assertSurvives(Primitive.F32, single, i);
    }
  }

  private static void assertSurvives(Primitive type, Value value, int round) {
    String what = "seed 754 round " + round;
    if (Wave.print(type, value) instanceof WaveResult.Ok<String>(String text)
        && !text.equals("nan")) {
      assertEquals(new WaveResult.Ok<>(value), Wave.parse(type, text), what + ": " + text);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.capability.Profile;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.Linker;

/** Hostile bytes end in a typed refusal: never an exception, never unbounded work. */
public final class HostileComponentsSuite {
  private static final int[] PREAMBLE = {0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00};
  private static final int FLIPS = 1_500;

  /** Makes the suite. */
  public HostileComponentsSuite() {}

  private static WasmResult<Blueprint> link(byte[] bytes) {
    return Linker.link(bytes, FeatureSet.DETERMINISTIC);
  }

  private static WasmError refused(byte[] bytes) {
    return assertInstanceOf(WasmResult.Failed.class, link(bytes)).error();
  }

  private static byte[] counter() {
    return BuiltApps.component("counter", Profile.STATE_APPLY).toArray();
  }

  @Test
  void realComponents_areTaken() {
    for (String app : List.of("counter", "poll")) {
      for (Profile profile :
          List.of(Profile.STATE_APPLY, Profile.STATE_PROPOSE, Profile.INTERACTION)) {
        byte[] bytes = BuiltApps.component(app, profile).toArray();
        assertInstanceOf(WasmResult.Ok.class, link(bytes), app + " " + profile);
      }
    }
  }

  @Test
  void truncation_atEveryOffset_isRefusedOrLeavesAWholeComponent() {
    byte[] whole = counter();
    int taken = 0;
    for (int length = 0; length < whole.length; length++) {
      if (link(Arrays.copyOf(whole, length)) instanceof WasmResult.Ok<Blueprint> ok) {
        taken++;
        assertTrue(length >= 8, "no preamble");
        assertTrue(ok.value().exports().size() <= 1);
      }
    }
    assertTrue(taken < 40, "cut between sections only: " + taken);
  }

  @Test
  void flippedBits_neverThrow() {
    byte[] whole = counter();
    Seeded random = new Seeded(20_261_123L);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] bytes = whole.clone();
      int flips = 1 + random.nextInt(3);
      for (int f = 0; f < flips; f++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      if (link(bytes) instanceof WasmResult.Failed<Blueprint>) {
        refused++;
      }
    }
    assertTrue(refused > FLIPS / 4, "seed " + random.seed() + " refused " + refused);
  }

  @Test
  void lengthBombs_areRefused() {
    int[][] counts = {
      {0xff, 0xff, 0xff, 0xff, 0x0f},
      {0xff, 0xff, 0xff, 0xff, 0x07},
      {0x80, 0x80, 0x80, 0x80, 0x80, 0x01}
    };
    for (int[] count : counts) {
      for (int section : new int[] {0, 1, 2, 4, 5, 6, 7, 8, 10, 11}) {
        ByteWriter sized = new ByteWriter();
        raw(sized, count);
        assertNotTaken(component(section, sized, false));
        if (section != 0 && section != 1 && section != 4) {
          assertNotTaken(component(section, sized, true));
        }
      }
    }
  }

  private static void assertNotTaken(byte[] bytes) {
    WasmError error = refused(bytes);
    assertTrue(
        error instanceof WasmError.Malformed || error instanceof WasmError.Refused, "" + error);
  }

  @Test
  @Proves("COMPONENT-4")
  void nestedComponents_pastTheLimit_areRefused() {
    byte[] inner = component(-1, new ByteWriter(), true);
    for (int depth = 0; depth < 40; depth++) {
      ByteWriter body = new ByteWriter();
      body.bytes(inner);
      inner = component(4, body, true);
    }
    assertInstanceOf(WasmError.Malformed.class, refused(inner));
  }

  @Test
  void nestedInstanceTypes_pastTheLimit_areRefused() {
    ByteWriter body = new ByteWriter();
    body.u8(1);
    for (int depth = 0; depth < 60; depth++) {
      raw(body, 0x42, 0x01, 0x01);
    }
    raw(body, 0x42, 0x00);
    assertInstanceOf(WasmError.Malformed.class, refused(component(7, body, true)));
  }

  @Test
  void typesThatDoubleEachTime_areRefused() {
    ByteWriter body = new ByteWriter();
    body.u8(26);
    raw(body, 0x6f, 0x02, 0x7d, 0x7d);
    for (int i = 0; i < 25; i++) {
      raw(body, 0x6f, 0x02, i, i);
    }
    assertInstanceOf(WasmError.Refused.class, refused(component(7, body, true)));
  }

  @Test
  void aComponentThatInstantiatesItself_isRefused() {
    ByteWriter inner = new ByteWriter();
    raw(inner, PREAMBLE);
    raw(inner, 6, 5, 1, 4, 2, 1, 0);
    raw(inner, 5, 4, 1, 0, 0, 0);
    ByteWriter outer = new ByteWriter();
    raw(outer, PREAMBLE);
    outer.u8(4);
    outer.u32(inner.size());
    outer.bytes(inner.toByteArray());
    raw(outer, 5, 4, 1, 0, 0, 0);
    // It is not yet there when its own inside is read: nothing can refer to itself.
    assertInstanceOf(WasmError.Invalid.class, refused(outer.toByteArray()));
  }

  @Test
  @Proves({"COMPONENT-2", "COMPONENT-6"})
  void featuresOutOfScope_areNamedWithTheirOffset() {
    assertUnsupported("start", 9, 0);
    assertUnsupported("values", 12, 0);
    assertUnsupported("async", 7, 1, 0x43, 0x00, 0x01, 0x00);
    assertUnsupported("streams", 7, 1, 0x66, 0x00);
    assertUnsupported("futures", 7, 1, 0x65, 0x00);
    assertUnsupported("error contexts", 7, 1, 0x64);
    assertUnsupported("threads", 8, 1, 0x40, 0x00);
  }

  private static void assertUnsupported(String feature, int section, int... body) {
    ByteWriter writer = new ByteWriter();
    raw(writer, body);
    WasmError error = refused(component(section, writer, true));
    WasmError.Unsupported u = assertInstanceOf(WasmError.Unsupported.class, error, feature);
    assertEquals(feature, u.feature());
    assertTrue(u.offset() >= PREAMBLE.length, "offset " + u.offset());
  }

  /** A component of one section; the body is given its length, or is itself a length. */
  private static byte[] component(int section, ByteWriter body, boolean sized) {
    ByteWriter out = new ByteWriter();
    raw(out, PREAMBLE);
    if (section >= 0) {
      out.u8(section);
      if (sized) {
        out.u32(body.size());
      }
      out.bytes(body.toByteArray());
    }
    return out.toByteArray();
  }

  private static void raw(ByteWriter out, int... bytes) {
    for (int b : bytes) {
      out.u8(b);
    }
  }
}

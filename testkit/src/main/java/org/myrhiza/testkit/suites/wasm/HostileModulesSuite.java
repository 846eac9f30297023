// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.testkit.wasm.Programs;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.meter.Meter;

/** Bytes that mean harm end in a typed error: quickly, and without taking much memory. */
public final class HostileModulesSuite {
  private static final long SEED = 0x6D65_7465_7231L;

  /** Made once per test. */
  public HostileModulesSuite() {}

  private static final int[] HEADER = {0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00};

  private static byte[] raw(int... rest) {
    return new ByteWriter().u8s(HEADER).u8s(rest).toByteArray();
  }

  @Test
  void truncation_atEachOffset_isAnError() {
    Programs.all()
        .forEach((name, module) -> {
          for (int length = 0; length < module.length; length++) {
            byte[] cut = Arrays.copyOf(module, length);
            for (FeatureSet set : FeatureSet.values()) {
              boolean wholeSections = Meter.rewrite(cut, set) instanceof WasmResult.Ok<?>;
              assertTrue(
                  !wholeSections || endsBetweenSections(module, length),
                  name + " cut to " + length + " is taken");
            }
          }
        });
  }

  /** Cut between two sections that do not need each other, a module may still be one. */
  private static boolean endsBetweenSections(byte[] module, int length) {
    int at = HEADER.length;
    while (at < length) {
      int size = 0;
      int shift = 0;
      int next = at + 1;
      do {
        size |= (module[next] & 0x7F) << shift;
        shift += 7;
      } while ((module[next++] & 0x80) != 0);
      at = next + size;
    }
    return at == length;
  }

  @Test
  void trailingBytes_areAnError() {
    byte[] module = Programs.loop();
    byte[] longer = Arrays.copyOf(module, module.length + 1);
    assertInstanceOf(WasmError.Malformed.class, Expect.error(longer, FeatureSet.DETERMINISTIC));
  }

  @Test
  void lengthBombs_areErrorsBeforeAnythingIsAllocated() {
    for (int id = 1; id <= 12; id++) {
      malformedOrRefused(raw(id, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F));
      malformedOrRefused(raw(id, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x07));
      malformedOrRefused(raw(id, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F));
      malformedOrRefused(raw(id, 3, 0xFF, 0xFF, 0x03));
    }
    malformedOrRefused(raw(0, 6, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0));
  }

  private static void malformedOrRefused(byte[] module) {
    for (FeatureSet set : FeatureSet.values()) {
      WasmError error = Expect.error(module, set);
      assertTrue(
          error instanceof WasmError.Malformed
              || error instanceof WasmError.Refused
              || error instanceof WasmError.Invalid,
          error.message());
    }
  }

  @Test
  void numbersLongerOrWiderThanTheirType_areMalformed() {
    malformed(raw(1, 7, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00), "types");
    malformed(raw(1, 5, 0x80, 0x80, 0x80, 0x80, 0x10), "types");
    malformedCode("i32 constant", 0x41, 0x80, 0x80, 0x80, 0x80, 0x10);
    malformedCode("i32 constant", 0x41, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F);
    malformedCode("i64 constant", 0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01);
    malformedCode("block type", 0x02, 0x80, 0x80, 0x80, 0x80, 0x10);
    ModuleAssembler padded = new ModuleAssembler();
    padded.functionRaw(":i", new ByteWriter().u32(0).u8s(0x41, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x0B));
    Expect.rewritten(padded.bytes(), FeatureSet.DETERMINISTIC);
  }

  private static void malformedCode(String what, int... code) {
    ModuleAssembler m = new ModuleAssembler();
    m.functionRaw(":", new ByteWriter().u32(0).u8s(code).u8s(0x1A, 0x0B));
    malformed(m.bytes(), what);
  }

  private static void malformed(byte[] module, String what) {
    WasmError error = Expect.error(module, FeatureSet.BRIDGE);
    if (!(error instanceof WasmError.Malformed malformed) || !malformed.what().contains(what)) {
      fail(error.message());
    }
  }

  @Test
  void illFormedNames_areMalformed() {
    malformed(raw(0, 3, 2, 0xC0, 0x80), "name of custom section");
    malformed(raw(0, 4, 3, 0xED, 0xA0, 0x80), "name of custom section");
    malformed(raw(0, 2, 1, 0xFF), "name of custom section");
    malformed(raw(7, 6, 1, 2, 0xC3, 0x28, 0, 0), "export name");
  }

  @Test
  void sectionsOutOfOrderOrTwice_areMalformed() {
    malformed(raw(3, 1, 0, 1, 1, 0), "section");
    malformed(raw(1, 1, 0, 1, 1, 0), "section");
    malformed(raw(10, 1, 0, 12, 1, 0), "section");
    malformed(raw(14, 0), "section");
  }

  @Test
  void deepNesting_endsInARefusal() {
    ModuleAssembler m = new ModuleAssembler();
    ByteWriter body = new ByteWriter().u32(0);
    for (int i = 0; i < 1_000_000; i++) {
      body.u8s(0x02, 0x40);
    }
    m.functionRaw(":", body);
    for (FeatureSet set : FeatureSet.values()) {
      assertInstanceOf(WasmError.Refused.class, Expect.error(m.bytes(), set));
    }
  }

  @Test
  void wrongTypesAndIndices_areInvalid() {
    invalid("operand", "an empty stack", "i32.add drop");
    invalid("operand", "i64", "i32.const=0 i64.const=0 i32.add drop");
    invalid("end of block", "1 operands left", "i32.const=0");
    invalid("label", "1", "br=1");
    invalid("local index", "0", "local.get=0 drop");
    invalid("global index", "7", "global.get=7 drop");
    invalid("function index", "9", "call=9");
    invalid("table index", "0", "i32.const=0 call_indirect=0,0");
    invalid("memory", "none", "memory.size drop");
    invalid("else", "no if to belong to", "else");
    invalid(
        "if without else",
        "results unlike its parameters",
        "i32.const=0 if=i i32.const=1 end drop");
    invalid(
        "results of a br_table label",
        "0",
        "block=i i32.const=0 i32.const=0 br_table=1,0 end drop");
    ModuleAssembler start = new ModuleAssembler();
    start.start(start.function("i:", "", ""));
    Expect.invalid(
        start.bytes(), "type of the start function", "FunctionType[params=[I32], results=[]]");
    ModuleAssembler twice = new ModuleAssembler().memory(1, 1);
    Expect.invalid(twice.export("m", 2, 0).export("m", 2, 0).bytes(), "export name", "m");
  }

  private static void invalid(String what, String seen, String code) {
    ModuleAssembler m = new ModuleAssembler();
    m.function(":", "", code);
    Expect.invalid(m.bytes(), what, seen);
  }

  @Test
  void randomDamage_neverEscapesAsAnException() {
    long state = SEED;
    int taken = 0;
    for (byte[] module : Programs.all().values()) {
      for (int round = 0; round < 200; round++) {
        byte[] damaged = module.clone();
        for (int i = 0; i <= round % 3; i++) {
          state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
          int at = (int) ((state >>> 33) % damaged.length);
          damaged[at] ^= (byte) (1 << ((state >>> 20) & 7));
        }
        if (Meter.rewrite(damaged, FeatureSet.BRIDGE) instanceof WasmResult.Ok<?>) {
          taken++;
        }
      }
    }
    assertTrue(taken > 0 && taken < 200 * 14, "seed " + SEED + ": taken " + taken);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.core.FeatureSet;

/** Each static limit at its exact boundary. */
public final class StaticLimitsSuite {
  /** Made once per test. */
  public StaticLimitsSuite() {}

  private static void taken(ModuleAssembler module) {
    Expect.rewritten(module.bytes(), FeatureSet.DETERMINISTIC);
  }

  private static void refused(ModuleAssembler module, String what, int seen) {
    Expect.refused(module.bytes(), what, Integer.toString(seen), -1);
  }

  private static ModuleAssembler typed(String signature) {
    ModuleAssembler m = new ModuleAssembler();
    m.type(signature);
    return m;
  }

  private static ModuleAssembler function(String locals, String code) {
    ModuleAssembler m = new ModuleAssembler();
    m.function(":", locals, code);
    return m;
  }

  @Test
  @Proves("METERING-2")
  void parametersAndResults() {
    taken(typed("i".repeat(32) + ":"));
    refused(typed("i".repeat(33) + ":"), "number of parameters", 33);
    taken(typed(":" + "i".repeat(8)));
    refused(typed(":" + "i".repeat(9)), "number of results", 9);
  }

  @Test
  @Proves("METERING-2")
  void locals() {
    taken(function("i".repeat(512), ""));
    ModuleAssembler many = new ModuleAssembler();
    many.functionRaw(":", new ByteWriter().u32(2).u32(512).u8(0x7F).u32(1).u8(0x7E).u8(0x0B));
    refused(many, "locals of a function", 513);
    ModuleAssembler huge = new ModuleAssembler();
    huge.functionRaw(":", new ByteWriter().u32(1).u32(-1).u8(0x7F).u8(0x0B));
    Expect.refused(huge.bytes(), "locals of a function", "4294967295", -1);
  }

  @Test
  @Proves("METERING-2")
  void nesting() {
    taken(function("", "block ".repeat(256) + "end ".repeat(256)));
    refused(function("", "block ".repeat(257) + "end ".repeat(257)), "nesting of blocks", 257);
  }

  @Test
  void branchTargets() {
    taken(function("", "i32.const=0 br_table=0" + ",0".repeat(1_024)));
    refused(
        function("", "i32.const=0 br_table=0" + ",0".repeat(1_025)),
        "number of br_table targets",
        1_025);
  }

  @Test
  void functions() {
    taken(functions(10_000));
    refused(functions(10_001), "number of functions", 10_001);
    ModuleAssembler imported = new ModuleAssembler();
    imported.importFunction("a", "b", ":");
    for (int i = 0; i < 10_000; i++) {
      imported.function(":", "", "");
    }
    refused(imported, "number of functions", 10_001);
  }

  private static ModuleAssembler functions(int count) {
    ModuleAssembler m = new ModuleAssembler();
    for (int i = 0; i < count; i++) {
      m.function(":", "", "");
    }
    return m;
  }

  @Test
  void globals() {
    taken(globals(1_000));
    refused(globals(1_001), "number of globals", 1_001);
  }

  private static ModuleAssembler globals(int count) {
    ModuleAssembler m = new ModuleAssembler();
    for (int i = 0; i < count; i++) {
      m.global('i', true, "i32.const=0");
    }
    return m;
  }

  @Test
  void moduleBytes() {
    int most = 4 << 20;
    int around = new ModuleAssembler().memory(1, 64).data(0, new byte[most - 100]).bytes().length;
    int fits = most - 100 + (most - around);
    ModuleAssembler exact = new ModuleAssembler().memory(1, 64).data(0, new byte[fits]);
    taken(exact);
    ModuleAssembler over = new ModuleAssembler().memory(1, 64).data(0, new byte[fits + 1]);
    refused(over, "bytes of a module", most + 1);
  }

  @Test
  @Proves("METERING-2")
  void rewrittenBody() {
    int fixed = rewrittenBodyBytes(0);
    int fits = 32 * 1024 - fixed;
    taken(function("", "nop ".repeat(fits)));
    refused(
        function("", "nop ".repeat(fits + 1)),
        "bytes of a rewritten body (function 0)",
        32 * 1024 + 1);
  }

  /** From the refusal of a body that is too long, how long a rewritten body is besides its code. */
  private static int rewrittenBodyBytes(int nops) {
    int many = 40_000 + nops;
    byte[] module = function("", "nop ".repeat(many)).bytes();
    var error = Expect.error(module, FeatureSet.DETERMINISTIC);
    String seen = ((org.myrhiza.wasm.binary.WasmError.Refused) error).seen();
    return Integer.parseInt(seen) - many;
  }

  @Test
  void operandsAndTables() {
    taken(function("", "i32.const=0 ".repeat(10_000) + "drop ".repeat(10_000)));
    refused(
        function("", "i32.const=0 ".repeat(16_385) + "unreachable"),
        "height of the operand stack",
        16_385);
    taken(new ModuleAssembler().table(65_536, -1));
    refused(new ModuleAssembler().table(65_537, -1), "elements of a table", 65_537);
  }
}

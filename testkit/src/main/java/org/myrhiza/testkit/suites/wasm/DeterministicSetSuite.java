// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Metering;

/** What the deterministic set refuses, by name and offset, and what no set has. */
public final class DeterministicSetSuite {
  /** Made once per test. */
  public DeterministicSetSuite() {}

  private static byte[] code(String code) {
    ModuleAssembler m = new ModuleAssembler().memory(1, 1).table(1, 1);
    m.function(":", "", code);
    return m.bytes();
  }

  private static byte[] rawCode(int... bytes) {
    ModuleAssembler m = new ModuleAssembler().memory(1, 1);
    m.functionRaw(":", new ByteWriter().u32(0).u8s(bytes).u8(0x0B));
    return m.bytes();
  }

  @Test
  @Proves("METERING-1")
  void floats_areRefusedAsTypesConstantsAndOperations() {
    ModuleAssembler params = new ModuleAssembler();
    params.type("f:");
    Expect.refused(params.bytes(), "floats", "type f32", 0x7D);
    ModuleAssembler results = new ModuleAssembler();
    results.type(":d");
    Expect.refused(results.bytes(), "floats", "type f64", 0x7C);
    ModuleAssembler locals = new ModuleAssembler();
    locals.function(":", "d", "nop");
    Expect.refused(locals.bytes(), "floats", "type f64", 0x7C);
    ModuleAssembler globals = new ModuleAssembler();
    globals.global('f', false, "f32.const=0");
    Expect.refused(globals.bytes(), "floats", "type f32", 0x7D);
    Expect.refused(code("f64.const=0 drop"), "floats", "f64.const", 0x44);
    Expect.refused(code("block=f unreachable end drop"), "floats", "type f32", 0x7D);
    Expect.refused(code("i32.const=0 f32.load=2,0 drop"), "floats", "f32.load", 0x2A);
    Expect.refused(
        code("i32.const=0 f32.reinterpret_i32 drop"), "floats", "f32.reinterpret_i32", 0xBE);
    Expect.refused(rawCode(0x00, 0xFC, 0x00, 0x1A), "floats", "i32.trunc_sat_f32_s", 0xFC);
  }

  @Test
  void floats_areTakenByTheInteractiveSet() {
    ModuleAssembler m = new ModuleAssembler();
    m.function("d:d", "f", "local.get=0 f64.sqrt");
    Expect.rewritten(m.bytes(), FeatureSet.INTERACTIVE);
  }

  @Test
  void everyFloatInstruction_isRefusedByName() {
    int refused = 0;
    for (int code = 0; code < Instructions.CODES; code++) {
      if (Instructions.isKnown(code) && Instructions.isFloat(code)) {
        String name = Instructions.name(code);
        String immediates =
            switch (Instructions.immediates(code)) {
              case ACCESS -> "=0,0";
              case F32, F64 -> "=0";
              default -> "";
            };
        int first = code >= Instructions.PREFIXED ? 0xFC : code;
        Expect.refused(code("unreachable " + name + immediates), "floats", name, first);
        refused++;
      }
    }
    assertEquals(76, refused);
  }

  @Test
  @Proves("METERING-1")
  void changesThatAnImageDoesNotHold_areRefused() {
    for (FeatureSet set : new FeatureSet[] {FeatureSet.INTERACTIVE, FeatureSet.DETERMINISTIC}) {
      String tables = "changes of a table";
      Expect.refused(code("unreachable table.set=0"), set, tables, "table.set", 0x26);
      Expect.refused(code("unreachable table.grow=0"), set, tables, "table.grow", 0xFC);
      Expect.refused(code("unreachable table.fill=0"), set, tables, "table.fill", 0xFC);
      Expect.refused(code("unreachable table.copy=0,0"), set, tables, "table.copy", 0xFC);
      Expect.refused(code("unreachable table.init=0,0"), set, tables, "table.init", 0xFC);
      Expect.refused(code("data.drop=0"), set, "dropped segments", "data.drop", 0xFC);
      Expect.refused(code("elem.drop=0"), set, "dropped segments", "elem.drop", 0xFC);
      Expect.refused(code("ref.null=r drop"), set, "reference values", "ref.null", 0xD0);
      Expect.refused(code("ref.func=0 drop"), set, "reference values", "ref.func", 0xD2);
      Expect.refused(code("unreachable table.get=0"), set, "reference values", "table.get", 0x25);
      ModuleAssembler local = new ModuleAssembler();
      local.function(":", "x", "nop");
      Expect.refused(local.bytes(), set, "reference values", "externref", 0x6F);
      ModuleAssembler global = new ModuleAssembler();
      global.importGlobal("a", "b", 'i', true);
      Expect.refused(global.bytes(), set, "imported mutable globals", "mut i32", 0x03);
    }
  }

  @Test
  void memories_needAMaximumOfAtMost64MiB() {
    Expect.refused(
        new ModuleAssembler().memory(1, -1).bytes(), "memory without a maximum", "none", 0);
    Expect.refused(new ModuleAssembler().memory(1, 1_025).bytes(), "pages of a memory", "1025", 1);
    Expect.rewritten(new ModuleAssembler().memory(1, 1_024).bytes(), FeatureSet.DETERMINISTIC);
    byte[] imported = new ModuleAssembler().importRaw("a", "b", 2, 0, 1).bytes();
    Expect.refused(imported, "memory without a maximum", "none", 0);
  }

  @Test
  @Proves("METERING-1")
  void reservedNames_areRefused() {
    ModuleAssembler export = new ModuleAssembler().memory(1, 1).export("myrhiza!memory", 2, 0);
    Expect.refused(export.bytes(), "name of an export", "myrhiza!memory", -1);
    ModuleAssembler module = new ModuleAssembler();
    module.importGlobal("myrhiza!account", "fuel", 'l', false);
    Expect.refused(module.bytes(), "module name of an import", "myrhiza!account", -1);
    ModuleAssembler field = new ModuleAssembler();
    field.importFunction("a", "myrhiza!x", ":");
    Expect.refused(field.bytes(), "name of an import", "myrhiza!x", -1);
    ModuleAssembler fine = new ModuleAssembler();
    fine.importFunction("myrhiza:kernel/hash@0.1.0", "myrhiza", ":");
    Expect.rewritten(fine.bytes(), FeatureSet.DETERMINISTIC);
  }

  @Test
  @Proves("METERING-1")
  void featuresOutsideTheBridge_areUnsupportedByName() {
    Expect.unsupported(rawCode(0xFD, 0x0C), "simd");
    Expect.unsupported(rawCode(0xFE, 0x03, 0x00), "threads");
    Expect.unsupported(rawCode(0x12, 0x00), "tail-calls");
    Expect.unsupported(rawCode(0x13, 0x00, 0x00), "tail-calls");
    Expect.unsupported(rawCode(0x06, 0x40), "exceptions");
    Expect.unsupported(rawCode(0xFB, 0x00), "gc");
    Expect.unsupported(rawCode(0x14, 0x00), "typed-function-references");
    Expect.unsupported(rawCode(0xFC, 0x13), "wide-arithmetic");
    Expect.unsupported(new ModuleAssembler().memoryRaw(0x05, 1, 1).bytes(), "memory64");
    Expect.unsupported(new ModuleAssembler().memoryRaw(0x03, 1, 1).bytes(), "threads");
    Expect.unsupported(new ModuleAssembler().memoryRaw(0x09, 1, 1, 0).bytes(), "custom-page-sizes");
    ModuleAssembler extended = new ModuleAssembler();
    extended.global('i', false, "i32.const=1 i32.const=2 i32.add");
    Expect.unsupported(extended.bytes(), "extended-const");
    ModuleAssembler vector = new ModuleAssembler();
    vector.type("v:");
    Expect.unsupported(vector.bytes(), "simd");
  }

  @Test
  @Proves("METERING-1")
  void whatTheBridgeHasAlone_isUnsupportedByName() {
    for (FeatureSet set : List.of(FeatureSet.DETERMINISTIC, FeatureSet.INTERACTIVE)) {
      Expect.unsupported(rawCode(0x08, 0x00), "exceptions", set);
      Expect.unsupported(rawCode(0x0A), "exceptions", set);
      Expect.unsupported(rawCode(0x1F, 0x40), "exceptions", set);
      byte[] tag = new ModuleAssembler().importRaw("a", "b", 4, 0, 0).bytes();
      Expect.unsupported(tag, "exceptions", set);
      Expect.unsupported(rawCode(0x3F, 0x01, 0x1A), "multi-memory", set);
      byte[] load = rawCode(0x41, 0x00, 0x28, 0x42, 0x00, 0x00, 0x1A);
      Expect.unsupported(load, "multi-memory", set);
      byte[] two = new ModuleAssembler().memory(1, 1).memory(1, 1).bytes();
      Expect.unsupported(two, "multi-memory", set);
    }
    Expect.rewritten(new ModuleAssembler().memory(1, 1).memory(1, 1).bytes(), FeatureSet.BRIDGE);
    Expect.unsupported(rawCode(0x0A), "exception-references", FeatureSet.BRIDGE);
    Expect.unsupported(rawCode(0x1F, 0x40, 0x01, 0x01), "exception-references", FeatureSet.BRIDGE);
    Expect.unsupported(rawCode(0x1F, 0x40, 0x01, 0x03), "exception-references", FeatureSet.BRIDGE);
    Expect.unsupported(rawCode(0xD0, 0x69), "exception-references", FeatureSet.BRIDGE);
  }

  @Test
  @Proves("METERING-1")
  void exceptions_areUnsupportedWhereCodeIsMetered() throws WasmException {
    byte[] module = rawCode(0x1F, 0x40, 0x01, 0x02, 0x00, 0x0B);
    Expect.unsupported(module, "exceptions", FeatureSet.BRIDGE);
    CoreModule valid = CoreModules.decode(module, FeatureSet.BRIDGE).orThrow();
    Meter.rewrite(valid, List.of(), Metering.OFF).orThrow();
  }

  @Test
  void componentInsteadOfModule_isMalformed() {
    byte[] component = {0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00};
    WasmError error = Expect.error(component, FeatureSet.BRIDGE);
    assertEquals("a component", assertInstanceOf(WasmError.Malformed.class, error).seen());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.InstructionReader;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.core.ValueType;
import org.myrhiza.wasm.meter.ImageGlobal;
import org.myrhiza.wasm.meter.ImageMemory;
import org.myrhiza.wasm.meter.Limits;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Metering;
import org.myrhiza.wasm.meter.Rewritten;

/** Each section of a rewritten module, and every index in it that has to move. */
public final class RewritingSuite {
  private static final int TYPES = 1;
  private static final int IMPORTS = 2;
  private static final int FUNCTIONS = 3;
  private static final int TABLES = 4;
  private static final int MEMORIES = 5;
  private static final int GLOBALS = 6;
  private static final int EXPORTS = 7;
  private static final int START = 8;
  private static final int ELEMENTS = 9;
  private static final int CODE = 10;

  /** Both accounts, as the import section begins with them. */
  private static final String ACCOUNTS =
      "0f6d797268697a61"
          + "216163636f756e74"
          + "046675656c037e01"
          + "0f6d7972"
          + "68697a61"
          + "21616363"
          + "6f756e74"
          + "05737461636b037f01";

  private static final FunctionType NOTHING = new FunctionType(List.of(), List.of());
  private static final FunctionType ONE =
      new FunctionType(List.of(ValueType.I32), List.of(ValueType.I32));
  private static final FunctionType TWO =
      new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I32));

  /** Made once per test. */
  public RewritingSuite() {}

  private static String hex(ByteWriter writer) {
    StringBuilder out = new StringBuilder();
    for (byte b : writer.toByteArray()) {
      out.append(Integer.toHexString(0x100 | (b & 0xff)).substring(1));
    }
    return out.toString();
  }

  /** The contents of a section as hex digits, empty where there is none. */
  private static String section(byte[] module, int wanted) throws WasmException {
    ByteReader in = new ByteReader(module, 8, module.length);
    while (!in.atEnd()) {
      int id = in.u8("section");
      byte[] contents = in.bytes(in.index("size"), "section");
      if (id == wanted) {
        return hex(new ByteWriter().bytes(contents));
      }
    }
    return "";
  }

  private static Rewritten rewritten(ModuleAssembler module, FeatureSet set) {
    return Expect.rewritten(module.bytes(), set);
  }

  /** The instructions of a body with those immediates that are indices. */
  private static List<String> body(byte[] module, int index) throws WasmException {
    CoreModule decoded = CoreModules.decode(module, FeatureSet.BRIDGE).orThrow();
    FunctionBody body = decoded.bodies().get(index);
    InstructionReader in =
        new InstructionReader(new ByteReader(module, body.from(), body.to()), FeatureSet.BRIDGE);
    List<String> out = new ArrayList<>();
    while (!in.atEnd()) {
      in.next();
      boolean bare = Instructions.immediates(in.code()) == Instructions.Immediates.NONE;
      String immediates = bare ? "" : " " + in.first() + " " + in.second();
      out.add(Instructions.name(in.code()) + immediates);
    }
    return out;
  }

  private static void contains(List<String> body, String wanted) {
    assertEquals(true, body.contains(wanted), wanted + " in " + body);
  }

  @Test
  void imports_comeBehindTheAccounts_asTheyWere() throws WasmException {
    ModuleAssembler m = new ModuleAssembler();
    m.type("ii:l");
    m.importFunction("h", "f", ":i");
    m.importRaw("h", "t", 1, 0x70, 0, 3);
    m.importRaw("h", "u", 1, 0x70, 1, 3, 4);
    m.importRaw("h", "m", 2, 1, 1, 2);
    m.importGlobal("h", "g", 'l', false);
    String before = section(m.bytes(), IMPORTS);
    assertEquals("05", before.substring(0, 2));
    String after = section(rewritten(m, FeatureSet.DETERMINISTIC).bytes(), IMPORTS);
    assertEquals("07" + ACCOUNTS + before.substring(2), after);
  }

  @Test
  void ownTablesAndMemories_comeBehindImportedOnes() throws WasmException {
    ModuleAssembler m = new ModuleAssembler().table(5, 6);
    m.importRaw("h", "t", 1, 0x70, 0, 3);
    m.importRaw("h", "u", 1, 0x70, 0, 3);
    byte[] out = rewritten(m, FeatureSet.DETERMINISTIC).bytes();
    assertEquals("01" + "70010506", section(out, TABLES));
    assertEquals("", section(out, MEMORIES));
    ModuleAssembler other = new ModuleAssembler().memory(1, 2);
    other.importRaw("h", "t", 1, 0x70, 0, 3);
    byte[] bytes = rewritten(other, FeatureSet.DETERMINISTIC).bytes();
    assertEquals("", section(bytes, TABLES));
    assertEquals("01" + "010102", section(bytes, MEMORIES));
    ModuleAssembler none = new ModuleAssembler();
    none.importRaw("h", "m", 2, 1, 1, 2);
    assertEquals("", section(rewritten(none, FeatureSet.DETERMINISTIC).bytes(), MEMORIES));
  }

  /** Numbers that a linker padded stay so, but where they change: an indirect call's type does. */
  @Test
  void instructions_comeAsTheGuestWroteThem() throws WasmException {
    ModuleAssembler m = new ModuleAssembler().table(1, 1);
    int[] block = {0x02, 0x80, 0x80, 0x00, 0x0b};
    int[] call = {0x41, 0x00, 0x11, 0x80, 0x00, 0x80, 0x00};
    m.functionRaw(":", new ByteWriter().u32(0).u8s(block).u8s(call).u8(0x0b));
    byte[] bytes = rewritten(m, FeatureSet.DETERMINISTIC).bytes();
    String code = section(bytes, CODE);
    assertEquals(true, code.contains(hex(new ByteWriter().u8s(block))), code);
    assertEquals(true, code.contains("110100"), code);
  }

  @Test
  void exports_keepTheirPlaces_globalsMove_andTheImageFollows() throws WasmException {
    ModuleAssembler m = new ModuleAssembler().table(1, 1).memory(1, 2);
    m.importGlobal("h", "g", 'i', false);
    m.global('i', false, "i32.const=7");
    int counter = m.global('l', true, "i64.const=8");
    int run = m.function(":", "", "nop");
    m.export("g", 3, counter).export("t", 1, 0).export("m", 2, 0).exportFunction("f", run);
    Rewritten metered = rewritten(m, FeatureSet.DETERMINISTIC);
    String own = "0167" + "0304" + "0174" + "0100" + "016d" + "0200" + "0166" + "0001";
    ByteWriter image = new ByteWriter().name("myrhiza!global.2").u8s(3, 4);
    image.name("myrhiza!memory").u8s(2, 0);
    assertEquals("06" + own + hex(image), section(metered.bytes(), EXPORTS));
    assertEquals(
        List.of(new ImageGlobal("myrhiza!global.2", ValueType.I64)), metered.imageGlobals());
    assertEquals(List.of(new ImageMemory("myrhiza!memory", 1, 2)), metered.imageMemories());
    assertEquals(2, metered.source().globalDefinitions().size());
  }

  @Test
  void aModule_isItsRewritingsSource() throws WasmException {
    CoreModule module =
        CoreModules.decode(new ModuleAssembler().memory(1, 2).bytes(), FeatureSet.DETERMINISTIC)
            .orThrow();
    Rewritten metered = Meter.rewrite(module).orThrow();
    assertSame(module, metered.source());
    assertEquals(hex(metered), hex(Meter.rewrite(module, List.of(), Metering.ON).orThrow()));
  }

  private static String hex(Rewritten metered) {
    return hex(new ByteWriter().bytes(metered.bytes()));
  }

  @Test
  void initialValues_keepTheirBits_andIndicesMove() throws WasmException {
    ModuleAssembler m = new ModuleAssembler();
    m.importFunction("h", "unused", ":");
    int imported = m.importFunction("h", "f", ":");
    m.importGlobal("h", "g", 'i', false);
    m.global('i', false, "i32.const=-5");
    m.global('l', false, "i64.const=-6000000000");
    m.global('f', false, "f32.const=1065353216");
    m.global('d', false, "f64.const=4607182418800017408");
    m.global('i', false, "global.get=0");
    m.global('r', false, "ref.null=r");
    m.global('x', false, "ref.null=x");
    int own = m.function(":", "", "nop");
    m.global('r', true, "ref.func=" + own);
    m.global('r', false, "ref.func=" + imported);
    String globals =
        "09"
            + "7f00417b0b"
            + "7e00428088fdd2690b"
            + "7d00430000803f0b"
            + "7c0044000000000000f03f0b"
            + "7f0023020b"
            + "7000d0700b"
            + "6f00d06f0b"
            + "7001d2020b"
            + "7000d2030b";
    Rewritten metered = rewritten(m, FeatureSet.BRIDGE);
    assertEquals(globals, section(metered.bytes(), GLOBALS));
    assertEquals(List.of(), metered.imageGlobals(), "a reference is no part of an image");
    assertEquals("", section(metered.bytes(), EXPORTS));
    assertEquals("01" + "030001" + "03", section(metered.bytes(), ELEMENTS), "declares the thunk");
  }

  /** Segments of every form, with nothing in them that moves but a global. */
  @Test
  void elementSegments_keepTheirForms() throws WasmException {
    ModuleAssembler m = new ModuleAssembler().table(4, 4).table(4, 4);
    m.importGlobal("h", "g", 'r', false);
    m.function(":", "", "nop");
    m.element(1, 0, 0);
    m.elementRaw(new ByteWriter().u8s(1, 0, 1, 0));
    m.elementRaw(new ByteWriter().u8s(2, 1, 0x41, 2, 0x0b, 0, 1, 0));
    m.elementRaw(new ByteWriter().u8s(3, 0, 2, 0, 0));
    m.elementRaw(new ByteWriter().u8s(4, 0x41, 0, 0x0b, 2, 0xd2, 0, 0x0b, 0xd0, 0x70, 0x0b));
    m.elementRaw(new ByteWriter().u8s(5, 0x70, 1, 0xd0, 0x70, 0x0b));
    m.elementRaw(new ByteWriter().u8s(6, 1, 0x41, 1, 0x0b, 0x70, 1, 0x23, 0, 0x0b));
    m.elementRaw(new ByteWriter().u8s(7, 0x6f, 1, 0xd0, 0x6f, 0x0b));
    String wanted = section(m.bytes(), ELEMENTS).replace("23000b", "23020b");
    assertEquals(wanted, section(rewritten(m, FeatureSet.BRIDGE).bytes(), ELEMENTS));
  }

  /** A segment of expressions that are all functions needs no expressions. */
  @Test
  void expressionsThatAreFunctions_becomeIndices() throws WasmException {
    ModuleAssembler m = new ModuleAssembler().table(4, 4);
    m.function(":", "", "nop");
    m.elementRaw(new ByteWriter().u8s(4, 0x41, 0, 0x0b, 1, 0xd2, 0, 0x0b));
    assertEquals(
        "01" + "0041000b" + "0100",
        section(rewritten(m, FeatureSet.DETERMINISTIC).bytes(), ELEMENTS));
  }

  @Test
  @Proves("METERING-6")
  void thunks_standForImportsInTablesAndAtTheStart() throws WasmException {
    ModuleAssembler m = new ModuleAssembler().table(4, 4);
    m.importFunction("h", "unused", "i:");
    int begin = m.importFunction("h", "begin", ":");
    int called = m.importFunction("h", "called", "il:i");
    int own = m.function(":", "", "nop");
    m.element(0, called, own, called);
    Rewritten metered = rewritten(m.start(begin), FeatureSet.DETERMINISTIC);
    assertEquals("06", section(metered.bytes(), START), "the entry of the first thunk");
    assertEquals("01" + "0041000b" + "03050305", section(metered.bytes(), ELEMENTS));
    assertEquals("04" + "04040501", section(metered.bytes(), FUNCTIONS));
    contains(body(metered.bytes(), 3), "call 4 0");
    List<String> thunk = body(metered.bytes(), 2);
    contains(thunk, "local.get 0 0");
    contains(thunk, "local.get 1 0");
    contains(thunk, "call 2 0");
  }

  /** Where references are values an export may be asked for as one. */
  @Test
  void thunks_ofExports_areForTheBridgeOnly() throws WasmException {
    ModuleAssembler m = new ModuleAssembler();
    int imported = m.importFunction("h", "f", ":");
    int own = m.function(":", "", "ref.func=0 drop");
    m.exportFunction("f", imported).exportFunction("own", own);
    byte[] bridge = rewritten(m, FeatureSet.BRIDGE).bytes();
    assertEquals("01" + "030002" + "0201", section(bridge, ELEMENTS));
    assertEquals("03" + "010100", section(bridge, FUNCTIONS));
    assertEquals("02" + "01660000" + "036f776e0003", section(bridge, EXPORTS));
    contains(body(bridge, 0), "ref.func 2 0");
    ModuleAssembler plain = new ModuleAssembler();
    plain.exportFunction("f", plain.importFunction("h", "f", ":"));
    byte[] strict = rewritten(plain, FeatureSet.DETERMINISTIC).bytes();
    assertEquals("", section(strict, ELEMENTS));
    assertEquals("", section(strict, FUNCTIONS));
    ModuleAssembler none = new ModuleAssembler();
    none.exportFunction("own", none.function(":", "", "nop"));
    assertEquals("", section(rewritten(none, FeatureSet.DETERMINISTIC).bytes(), ELEMENTS));
    String declared = section(rewritten(none, FeatureSet.BRIDGE).bytes(), ELEMENTS);
    assertEquals("01" + "030001" + "00", declared, "its export names its entry only");
  }

  /**
   * The outside keeps the guest's types; inside, fuel and stack go along and the fuel comes back.
   */
  @Test
  void entries_takeTheAccountsFromTheGlobals_andPutThemBack() throws WasmException {
    ModuleAssembler m = new ModuleAssembler();
    int one = m.function("l:i", "", "local.get=0 i32.wrap_i64");
    int none = m.function(":", "", "i64.const=5 call=" + one + " drop");
    int wide = m.function("l:l", "", "local.get=0");
    m.exportFunction("wide", wide).exportFunction("none", none);
    m.exportFunction("again", wide).exportFunction("one", one);
    byte[] out = rewritten(m, FeatureSet.DETERMINISTIC).bytes();
    String types = "60017e017f" + "600000" + "60017e017e";
    String within = "60037e7f7f017e" + "60027f7f017f" + "60037e7f7f027e7f";
    assertEquals("06" + types + within, section(out, TYPES));
    assertEquals("06" + "030405" + "020100", section(out, FUNCTIONS));
    assertEquals(
        "04" + "04776964650003" + "046e6f6e650004" + "05616761696e0003" + "036f6e650005",
        section(out, EXPORTS));
    assertEquals(
        List.of(
            "local.get 0 0",
            "global.get 0 0",
            "i32.wrap_i64",
            "global.get 1 0",
            "local.tee 1 0",
            "call 0 0",
            "local.tee 3 0",
            "i64.const",
            "i64.shr_u",
            "i32.wrap_i64",
            "local.get 3 0",
            "i32.wrap_i64",
            "local.tee 2 0",
            "i64.extend_i32_s",
            "global.set 0 0",
            "local.get 1 0",
            "global.set 1 0",
            "local.get 2 0",
            "i32.const 0 0",
            "i32.lt_s",
            "if -2147483648 0",
            "unreachable",
            "end",
            "end"),
        body(out, 5).stream().map(RewritingSuite::plain).toList());
    contains(body(out, 4), "i64.extend_i32_s");
  }

  /** A constant without its value. */
  private static String plain(String instruction) {
    return instruction.startsWith("i64.const") ? "i64.const" : instruction;
  }

  /** How often a function looks at its fuel that calls, has one {@code i32} then, and goes on. */
  private static long looks(String then) throws WasmException {
    ModuleAssembler m = new ModuleAssembler().memory(1, 1);
    m.importFunction("h", "f", ":");
    int one = m.function(":i", "", "i32.const=1");
    m.global('i', true, "i32.const=0");
    m.function(":i", "", "call=" + one + " " + then);
    byte[] out = rewritten(m, FeatureSet.DETERMINISTIC).bytes();
    return body(out, 1).stream().filter("i32.lt_s"::equals).count();
  }

  /** At entry it looks always. */
  @Test
  @Proves("METERING-5")
  void fuelOfACallee_isLookedAtBeforeWhatCouldTell_andByTheCallerElse() throws WasmException {
    for (String then :
        List.of("", "i32.const=2 i32.mul", "br=0", "return", "i32.const=1 br_if=0")) {
      assertEquals(1, looks(then), then);
    }
    for (String then :
        List.of(
            "i32.load=0,0",
            "i32.const=2 i32.div_u",
            "global.set=0 i32.const=5",
            "drop call=1",
            "drop unreachable",
            "if=i i32.const=1 else i32.const=2 end",
            "drop block=i i32.const=1 end",
            "drop block i32.const=0 i32.const=0 br_if=0 drop end i32.const=1",
            "drop call=0 i32.const=1",
            "drop loop i32.const=0 br_if=0 end i32.const=1",
            "memory.grow",
            "i32.const=0 i32.const=0 memory.fill i32.const=1")) {
      assertEquals(2, looks(then), then);
    }
  }

  /** A thousand frames that return one after the other stay above what 32 bits hold. */
  @Test
  void bodyThatCostsMoreThanAllFramesMayOwe_looksBeforeItReturns() throws WasmException {
    String pair = "i32.const=1 i32.div_s ";
    int most = Limits.UNCHECKED_PRICES;
    ModuleAssembler m = new ModuleAssembler();
    m.function(":i", "", "i32.const=7 " + pair.repeat(most / 9));
    m.function(":i", "", "i32.const=7 " + pair.repeat(most / 9 + 1));
    byte[] out = rewritten(m, FeatureSet.BRIDGE).bytes();
    assertEquals(1, body(out, 0).stream().filter("i32.lt_s"::equals).count());
    assertEquals(2, body(out, 1).stream().filter("i32.lt_s"::equals).count());
  }

  /** Lengths of table instructions are paid one for one, those of memory one for eight. */
  @Test
  @Proves({"METERING-4", "METERING-5"})
  void bulkInstructions_payByTheirLength() throws WasmException {
    for (String code :
        List.of(
            "i32.const=0 i32.const=0 i32.const=0 table.copy=0,0",
            "i32.const=0 i32.const=0 i32.const=0 table.init=0,0",
            "i32.const=0 ref.null=r i32.const=0 table.fill=0",
            "ref.null=r i32.const=0 table.grow=0 drop")) {
      List<String> body = bulk(code);
      assertEquals("i64.sub", after("i64.extend_i32_u", body, 1), code);
      assertEquals("local.tee 2 0", after("i64.extend_i32_u", body, 2), code);
    }
    List<String> memory = bulk("i32.const=0 i32.const=0 i32.const=0 memory.fill");
    assertEquals("i32.sub", after("i32.shr_u", memory, 1));
    assertEquals("local.tee 0 0", after("i32.shr_u", memory, 2));
  }

  private static String after(String instruction, List<String> body, int instructions) {
    return body.get(body.indexOf(instruction) + instructions);
  }

  private static List<String> bulk(String code) throws WasmException {
    ModuleAssembler m = new ModuleAssembler().table(1, 1).memory(1, 1);
    m.elementRaw(new ByteWriter().u8s(1, 0, 0));
    m.function(":", "", code);
    return body(rewritten(m, FeatureSet.BRIDGE).bytes(), 0);
  }

  /** A function whose every index of a type moves when types come in the order two, none, one. */
  private static CoreModule moving() throws WasmException {
    ModuleAssembler m = new ModuleAssembler().table(1, 1);
    int first = m.type("i:i");
    int second = m.type("ii:i");
    m.importFunction("h", "f", "ii:i");
    m.function(
        "i:i",
        "",
        """
        local.get=0 block=%1$d loop=%1$d if=i local.get=0 else local.get=0 end end end
        local.get=0 block=%2$d br=0 end local.get=0 local.get=0 call_indirect=%2$d,0
        """
            .formatted(first, second));
    return CoreModules.decode(m.bytes(), FeatureSet.DETERMINISTIC).orThrow();
  }

  private static final String MOVED_TYPES = "60027f7f017f" + "600000" + "60017f017f";

  private static void moved(byte[] module, String imports, int own, int called)
      throws WasmException {
    assertEquals(imports + "0168" + "0166" + "0000", section(module, IMPORTS));
    assertEquals("010" + own, section(module, FUNCTIONS));
    List<String> body = body(module, 0);
    contains(body, "block 2 0");
    contains(body, "loop 2 0");
    contains(body, "block 0 0");
    contains(body, "call_indirect " + called + " 0");
    contains(body, "if " + (-1 - ValueType.I32.code()) + " 0");
  }

  @Test
  @Proves("METERING-6")
  void sharedTypes_moveEveryIndexOfAType() throws WasmException {
    CoreModule module = moving();
    List<FunctionType> shared = List.of(TWO, NOTHING, ONE);
    byte[] metered = Meter.rewrite(module, shared, Metering.ON).orThrow().bytes();
    String within = "60047f7f7f7f017e" + "60037f7f7f017e";
    assertEquals("05" + MOVED_TYPES + within, section(metered, TYPES), "two i32 to i32 was there");
    moved(metered, "03" + ACCOUNTS, 4, 3);
    List<FunctionType> lacking = List.of(ONE, NOTHING);
    assertThrows(IllegalArgumentException.class, () -> Meter.rewrite(module, lacking, Metering.ON));
  }

  @Test
  void withoutMetering_typesMoveAndNothingElse() throws WasmException {
    CoreModule module = moving();
    List<FunctionType> shared = List.of(TWO, NOTHING, ONE);
    byte[] moved = Meter.rewrite(module, shared, Metering.OFF).orThrow().bytes();
    assertEquals("03" + MOVED_TYPES, section(moved, TYPES));
    moved(moved, "01", 2, 0);
    byte[] same = Meter.rewrite(module, List.of(), Metering.OFF).orThrow().bytes();
    assertEquals(body(module.array(), 0), body(same, 0));
    assertEquals(body(same, 0).size(), body(moved, 0).size());
  }

  @Test
  void typesThatBlocksNeed_areAppendedOnce() throws WasmException {
    ModuleAssembler m = new ModuleAssembler();
    m.function("i:il", "", "local.get=0 i64.const=1");
    m.function(":il", "", "i32.const=0 i64.const=1");
    m.function("l:ll", "", "local.get=0 local.get=0");
    byte[] out = rewritten(m, FeatureSet.DETERMINISTIC).bytes();
    String guest = "60017f027f7e" + "6000027f7e" + "60017e027e7e";
    String within = "60037f7f7f037f7e7f" + "60027f7f037f7e7f" + "60037e7f7f037e7e7f";
    assertEquals("07" + guest + within + "6000027e7e", section(out, TYPES));
    contains(body(out, 0), "block 1 0");
    contains(body(out, 1), "block 1 0");
    contains(body(out, 2), "block 6 0");
  }
}

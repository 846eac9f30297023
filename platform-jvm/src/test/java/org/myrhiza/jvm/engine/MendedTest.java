// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.Slots;

/** What Chicory would do otherwise than all others, and does not. */
final class MendedTest {
  /** Makes a function too large for a method of the JVM: 64 KiB and more of tables. */
  private static final int TABLES = 40;

  private static final int TARGETS = 1_000;

  /** How {@code run} of a module ends, with its first result. */
  private static String run(ChicoryEngine engine, byte[] module, long argument) {
    ModuleHash hash = new ModuleHash(Blake3.hash(Bytes.copyOf(module)).toHex());
    assertThat(engine.prepare(hash, module)).isInstanceOf(Preparation.Prepared.class);
    if (!(engine.instantiate(hash, List.of()) instanceof Instantiation.Instantiated made)
        || !(made.instance().export("run") instanceof CoreFunction function)) {
      throw new AssertionError("no instance");
    }
    Slots arguments = Slots.ofInts(1);
    arguments.setLong(0, argument);
    Slots results = Slots.ofInts(1);
    CallOutcome outcome = function.call(arguments, results);
    return outcome instanceof CallOutcome.Returned ? "" + results.getInt(0) : "" + outcome;
  }

  private static byte[] module(ModuleAssembler m, String code) {
    return m.exportFunction("run", m.function("i:i", "ii", code)).bytes();
  }

  private static void everywhere(byte[] module, long argument, String wanted) {
    assertThat(run(ChicoryEngine.compiled(), module, argument)).isEqualTo(wanted);
    assertThat(run(ChicoryEngine.interpreted(), module, argument)).isEqualTo(wanted);
  }

  @Test
  void storeWhoseAddressWrapsAround_traps() {
    for (String store : List.of("i32.store8", "i64.store8", "i64.store32", "i32.store16")) {
      String value = store.startsWith("i32") ? "i32.const=7 " : "i64.const=7 ";
      String trapped = CallOutcome.TRAPPED.toString();
      String near = "local.get=0 " + value + store + "=0,9 i32.const=0 i32.load=0,9";
      everywhere(module(new ModuleAssembler().memory(1, 1), near), 0, "7");
      everywhere(module(new ModuleAssembler().memory(1, 1), near), -5, trapped);
      String far = "local.get=0 " + value + store + "=0,4294967295 i32.const=1";
      everywhere(module(new ModuleAssembler().memory(1, 1), far), 100, trapped);
    }
  }

  @Test
  void productWhoseLowHalfIsZero_isFalse() {
    String code = "local.get=0 i32.const=2 i32.mul if=i i32.const=1 else i32.const=2 end";
    everywhere(module(new ModuleAssembler(), code), 3, "1");
    everywhere(module(new ModuleAssembler(), code), Integer.MIN_VALUE, "2");
  }

  @Test
  void parametersOfABlock_leaveNothingBehindInACallee() {
    ModuleAssembler m = new ModuleAssembler();
    String pair = "block=" + m.type("il:il") + " i32.wrap_i64 i32.add i64.const=7 end";
    int callee =
        m.function("i:i", "", "local.get=0 i64.const=5 " + pair + " drop drop i32.const=8");
    String code =
        "block=i i32.const=63 local.get=0 call=" + callee + " br_if=0 drop i32.const=2 end";
    everywhere(module(m, code), 1, "63");
  }

  @Test
  void branchOutOfABlockWithParameters_dropsWhatItDoesNotTake() {
    for (String code :
        List.of(
            "i32.const=3 i32.const=4 i32.const=5 br=0",
            "drop drop i32.const=5 br=0",
            "i32.const=5 i32.const=1 br_if=0 drop drop",
            "i32.const=5 i32.const=7 br_table=0,0")) {
      ModuleAssembler m = new ModuleAssembler();
      String block = "block=" + m.type("ii:i") + " " + code + " end";
      everywhere(module(m, "i32.const=100 local.get=0 local.get=0 " + block + " i32.sub"), 9, "95");
    }
  }

  @Test
  void loopsWithParameters_takeThemFromEachKindOfBranch() {
    ModuleAssembler m = new ModuleAssembler();
    int type = m.type("ii:i");
    String begin = "i32.const=0 local.get=0 loop=" + type;
    String step =
        " local.set=1 local.set=2 local.get=2 local.get=1 i32.add local.get=1 i32.const=1 i32.sub ";
    String byBranch = " local.get=1 i32.const=1 i32.gt_s if=" + type + " br=1 else drop end end";
    everywhere(module(m, begin + step + byBranch), 10, "55");
    String byCondition = " local.get=1 i32.const=1 i32.gt_s br_if=0 drop end";
    ModuleAssembler other = new ModuleAssembler();
    assertThat(other.type("ii:i")).isEqualTo(type);
    everywhere(module(other, begin + step + byCondition), 10, "55");
  }

  @Test
  void tableOfBranches_mayLeadToLoopsWithParameters() {
    ModuleAssembler m = new ModuleAssembler();
    int type = m.type("i:i");
    String code =
        "block=i i32.const=40 loop=%1$d i32.const=1 i32.add local.tee=1 ".formatted(type)
            + "local.get=1 local.get=0 i32.ge_s br_table=0,1 end end";
    everywhere(module(m, code), 50, "50");
  }

  @Test
  void ifWithParametersAndWithoutElse_keepsThem() {
    for (int argument = 0; argument < 2; argument++) {
      ModuleAssembler m = new ModuleAssembler();
      String code = "i32.const=5 local.get=0 if=" + m.type("i:i") + " i32.const=1 i32.add end";
      everywhere(module(m, code), argument, "" + (5 + argument));
    }
  }

  @Test
  void functionTooLargeForAMethod_isInterpretedAsOthersRunIt() {
    StringBuilder tables = new StringBuilder("local.get=0 i32.eqz if ");
    String targets = "0,".repeat(TARGETS) + "0";
    tables.append(("block local.get=0 br_table=" + targets + " end ").repeat(TABLES));
    tables.append("end ");
    ModuleAssembler m = new ModuleAssembler().memory(1, 1);
    String store = "local.get=0 i32.const=7 i32.store8=0,9 i32.const=0 i32.load8_u=0,4";
    byte[] module = module(m, tables + store);
    ChicoryEngine engine = ChicoryEngine.compiled();
    assertThat(run(engine, module, -5)).isEqualTo(CallOutcome.TRAPPED.toString());
  }
}

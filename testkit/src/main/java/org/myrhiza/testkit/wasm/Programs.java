// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wasm;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Small modules that use every shape of control flow, each with one export {@code run}. All are in
 * the deterministic set; those that call out import {@code host.call}, from i32 to i32.
 */
public final class Programs {
  private Programs() {}

  /** All programs whose {@code run} takes an i32 and gives an i32, by name. */
  public static Map<String, byte[]> all() {
    Map<String, byte[]> programs = new LinkedHashMap<>();
    programs.put("loop", loop());
    programs.put("recursion", recursion());
    programs.put("branch-table", branchTable());
    programs.put("indirect", indirect());
    programs.put("multi-value", multiValue());
    programs.put("early-return", earlyReturn());
    programs.put("memory", memory());
    programs.put("growth", growth());
    programs.put("bulk", bulk());
    programs.put("host-calls", hostCalls());
    programs.put("table-imports", tableImports());
    programs.put("globals", globals());
    programs.put("dead-code", deadCode());
    programs.put("start", start());
    return programs;
  }

  private static byte[] run(ModuleAssembler module, int function) {
    return module.exportFunction("run", function).bytes();
  }

  /** The sum of 1 to n. */
  public static byte[] loop() {
    ModuleAssembler m = new ModuleAssembler();
    return run(
        m,
        m.function(
            "i:i",
            "i",
            """
            block loop local.get=0 i32.const=0 i32.le_s br_if=1
            local.get=1 local.get=0 i32.add local.set=1
            local.get=0 i32.const=1 i32.sub local.set=0 br=0 end end
            local.get=1
            """));
  }

  /** Fibonacci numbers by two calls each. */
  public static byte[] recursion() {
    ModuleAssembler m = new ModuleAssembler();
    return run(
        m,
        m.function(
            "i:i",
            "",
            """
            local.get=0 i32.const=2 i32.lt_s if=i local.get=0 else
            local.get=0 i32.const=1 i32.sub call=0
            local.get=0 i32.const=2 i32.sub call=0 i32.add end
            """));
  }

  /** A switch in a loop, whose cases fall through. */
  public static byte[] branchTable() {
    ModuleAssembler m = new ModuleAssembler();
    return run(
        m,
        m.function(
            "i:i",
            "ii",
            """
            loop
            block block block block
            local.get=1 i32.const=5 i32.rem_u br_table=0,2,1,3
            end local.get=2 i32.const=1 i32.add local.set=2
            end local.get=2 i32.const=10 i32.mul local.set=2
            end local.get=2 i32.const=7 i32.xor local.set=2
            end
            local.get=1 i32.const=1 i32.add local.tee=1 local.get=0 i32.lt_s br_if=0
            end local.get=2
            """));
  }

  /** Three functions in a table, called by the argument; index 3 is null, others out of bounds. */
  public static byte[] indirect() {
    ModuleAssembler m = new ModuleAssembler().table(4, 4);
    int twice = m.function("i:i", "", "local.get=0 i32.const=2 i32.mul");
    int square = m.function("i:i", "", "local.get=0 local.get=0 i32.mul");
    int other = m.function("l:i", "", "local.get=0 i32.wrap_i64");
    int run =
        m.function("i:i", "", "i32.const=21 local.get=0 call_indirect=" + m.type("i:i") + ",0");
    m.element(0, twice, square, other);
    return run(m, run);
  }

  /** Blocks, loops and functions with several parameters and results. */
  public static byte[] multiValue() {
    ModuleAssembler m = new ModuleAssembler();
    int pair = m.type("ii:ii");
    int swap = m.function("ii:ii", "", "local.get=1 local.get=0");
    int three = m.function("i:iil", "", "local.get=0 i32.const=3 local.get=0 i64.extend_i32_s");
    int run =
        m.function(
            "i:i",
            "il",
            """
            local.get=0 i32.const=10
            block=%d call=%d local.get=0 i32.const=4 i32.gt_s br_if=0 i32.const=1 i32.add end
            loop=%d local.set=1 i32.const=1 i32.add local.get=1 i32.const=1 i32.sub
            local.get=1 i32.const=0 i32.gt_s br_if=0 end
            i32.sub local.set=1
            local.get=1 call=%d local.set=2 i32.add local.get=2 i32.wrap_i64 i32.add
            """
                .formatted(pair, swap, pair, three));
    return run(m, run);
  }

  /** Returns from the middle of nested blocks with operands to spare. */
  public static byte[] earlyReturn() {
    ModuleAssembler m = new ModuleAssembler();
    return run(
        m,
        m.function(
            "i:i",
            "",
            """
            i32.const=100
            block=i i32.const=1 i32.const=2
            local.get=0 i32.const=3 i32.eq if i32.const=33 return end
            local.get=0 i32.const=4 i32.eq if loop i32.const=44 br=2 end end
            local.get=0 i32.const=5 i32.eq if=i i32.const=7 i32.const=55 br=2 else i32.const=6 end
            i32.add i32.add end
            i32.add
            """));
  }

  /** Writes and reads memory by all widths, and traps out of bounds for large arguments. */
  public static byte[] memory() {
    ModuleAssembler m = new ModuleAssembler().memory(1, 2).data(16, new byte[] {1, 2, 3, -4});
    return run(
        m,
        m.function(
            "i:i",
            "l",
            """
            local.get=0 i32.const=-559038737 i32.store=2,0
            local.get=0 i64.load32_s=2,0 local.set=1
            local.get=0 local.get=1 i64.store16=1,8
            local.get=0 i32.load16_u=1,8 local.get=0 i32.load8_s=0,3 i32.add
            i32.const=16 i32.load8_s=0,3 i32.add
            i32.const=100000 local.get=0 i32.mul i32.load=2,0 i32.add
            """));
  }

  /** Grows by the argument, twice, and tells what both said and the size. */
  public static byte[] growth() {
    ModuleAssembler m = new ModuleAssembler().memory(1, 8);
    return run(
        m,
        m.function(
            "i:i",
            "",
            """
            local.get=0 memory.grow i32.const=10000 i32.mul
            local.get=0 memory.grow i32.const=100 i32.mul i32.add memory.size i32.add
            """));
  }

  /** Fill, copy and initialise by the argument's length; out of bounds traps. */
  public static byte[] bulk() {
    ModuleAssembler m =
        new ModuleAssembler().memory(1, 1).passiveData(new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0});
    return run(
        m,
        m.function(
            "i:i",
            "",
            """
            i32.const=0 i32.const=171 local.get=0 memory.fill
            i32.const=1000 i32.const=0 local.get=0 memory.copy
            i32.const=1001 i32.const=2 local.get=0 i32.const=8 i32.and memory.init=0
            i32.const=1000 i32.load=2,0
            """));
  }

  /** Calls the host as often as the argument says, from a function that is called itself. */
  public static byte[] hostCalls() {
    ModuleAssembler m = new ModuleAssembler();
    int host = m.importFunction("host", "call", "i:i");
    int inner = m.function("i:i", "", "local.get=0 call=" + host + " i32.const=1 i32.add");
    int run =
        m.function(
            "i:i",
            "i",
            """
            block loop local.get=0 i32.const=0 i32.le_s br_if=1
            local.get=1 call=%d local.get=0 call=%d i32.add local.set=1
            local.get=0 i32.const=1 i32.sub local.set=0 br=0 end end local.get=1
            """
                .formatted(inner, host));
    return run(m, run);
  }

  /** Calls the host through a table. */
  public static byte[] tableImports() {
    ModuleAssembler m = new ModuleAssembler();
    int host = m.importFunction("host", "call", "i:i");
    m.table(2, 2);
    int own = m.function("i:i", "", "local.get=0 i32.const=1000 i32.add");
    int run =
        m.function(
            "i:i",
            "",
            """
            local.get=0 i32.const=0 call_indirect=0,0
            local.get=0 i32.const=1 call_indirect=0,0 i32.add
            """);
    m.element(0, host, own);
    return run(m, run);
  }

  /** Globals of both kinds, their indices moved by the accounts; counts its calls. */
  public static byte[] globals() {
    ModuleAssembler m = new ModuleAssembler();
    int fixed = m.global('i', false, "i32.const=40");
    int calls = m.global('i', true, "i32.const=0");
    int wide = m.global('l', true, "i64.const=-5");
    int run =
        m.function(
            "i:i",
            "",
            """
            global.get=%2$d i32.const=1 i32.add global.set=%2$d
            global.get=%3$d local.get=0 i64.extend_i32_s i64.add global.set=%3$d
            global.get=%3$d i32.wrap_i64 global.get=%1$d i32.add global.get=%2$d i32.add
            """
                .formatted(fixed, calls, wide));
    return run(m, run);
  }

  /** Code behind branches, blocks in it included; traps where nothing is left to do. */
  public static byte[] deadCode() {
    ModuleAssembler m = new ModuleAssembler();
    return run(
        m,
        m.function(
            "i:i",
            "",
            """
            block=i local.get=0 br=0 block loop br=0 end unreachable end
            i32.const=9 i32.add drop end
            i32.const=3 i32.gt_s
            if=i i32.const=1 return i32.const=5 if nop else nop end
            else local.get=0 if=i i32.const=2 else unreachable end end
            """));
  }

  /** A start function that works. */
  public static byte[] start() {
    ModuleAssembler m = new ModuleAssembler();
    int state = m.global('i', true, "i32.const=1");
    int begin = m.function(":", "", "i32.const=77 global.set=" + state);
    int run = m.function("i:i", "", "global.get=" + state + " local.get=0 i32.add");
    return run(m.start(begin), run);
  }
}

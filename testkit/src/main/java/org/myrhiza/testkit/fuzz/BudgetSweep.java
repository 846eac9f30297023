// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.wasm.ModuleAssembler;

/**
 * One program with every budget from nothing to more than it needs: a loop whose bound is the
 * argument, and in it a call, a call through a table, a call of the host, bulk instructions and an
 * early return, so that the budget ends at each kind of check in turn.
 */
public final class BudgetSweep {
  private static final long ARGUMENT = 4;

  /** More than the call needs. */
  private static final int MOST = 1_200;

  private BudgetSweep() {}

  private static FuzzModule module() {
    ModuleAssembler m = new ModuleAssembler().memory(1, 1);
    for (HostImport each : HostImport.values()) {
      m.importFunction(HostImport.MODULE, each.field(), each.signature().text());
    }
    m.table(1, 1).export("memory", 2, 0);
    m.export("g0", 3, m.global('i', true, "i32.const=0"));
    m.export("g1", 3, m.global('l', true, "i64.const=0"));
    int count = HostImport.values().length;
    int run = count;
    int leaf = count + 1;
    m.function(
        "i:i",
        "i",
        """
        block loop
        local.get=1 local.get=0 i32.ge_s br_if=1
        local.get=1 i32.const=1 i32.add local.set=1
        local.get=1 call=%1$d i32.const=0 call_indirect=%2$d,0 global.set=0
        local.get=1 global.get=1 call=%3$d global.set=1
        local.get=1 i32.const=3 i32.shl local.get=1 i32.const=9 memory.fill
        i32.const=100 local.get=1 i32.const=17 memory.copy
        local.get=1 i32.const=40 i32.eq if local.get=1 return end
        br=0 end end
        global.get=0 global.get=1 i32.wrap_i64 i32.add
        """
            .formatted(leaf, m.type("i:i"), HostImport.MIX.index()));
    m.function("i:i", "", "local.get=0 i32.const=10 local.get=0 i32.const=3 i32.gt_s select");
    m.exportFunction("f0", run).exportFunction("f1", leaf).element(0, leaf);
    Signature type = new Signature("i", "i");
    return new FuzzModule(-1, m.bytes(), List.of(type, type), "il");
  }

  /**
   * Calls the program with each budget, the image put back before each call.
   *
   * @param on the engine
   * @return one line for each budget
   */
  public static List<String> run(TestEngine on) {
    FuzzInstance instance = FuzzInstance.metered(module(), on);
    List<String> lines = new ArrayList<>();
    lines.add(instance.instantiate());
    FuzzCall call = new FuzzCall(0, ARGUMENT);
    for (int budget = 0; budget <= MOST; budget++) {
      instance.restore();
      lines.add(budget + ": " + instance.call(call, budget));
    }
    return lines;
  }
}

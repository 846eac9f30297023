// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.myrhiza.jvm.engine.ListeningEngine;
import org.myrhiza.testkit.fuzz.FuzzPins;
import org.myrhiza.testkit.fuzz.FuzzRun;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.meter.FuelTable;

/**
 * The seeds of each check come to every instruction of the deterministic set, every trap and every
 * limit. Instructions and traps are counted while the modules run as their authors made them,
 * limits while they run rewritten; {@code -Dmyrhiza.fuzz.coverage} prints the table.
 */
@Tag("slow")
final class FuzzCoverageTest {
  /** Known to the bridge, not in the deterministic set. */
  private static final Set<String> REFUSED =
      Set.of(
          "table.get",
          "table.set",
          "table.grow",
          "table.fill",
          "table.copy",
          "table.init",
          "data.drop",
          "elem.drop",
          "ref.null",
          "ref.is_null",
          "ref.func");

  private static final List<String> LIMITS =
      List.of(
          "fuel at entry",
          "fuel at a loop",
          "fuel before an import",
          "fuel before bulk",
          "fuel before growth",
          "fuel at return",
          "fuel in the host",
          "stack slots",
          "stack frames",
          "memory maximum",
          "rejected by the host",
          "aborted by the host");

  private static final List<String> DIVISIONS =
      List.of("div_s by zero", "div_s overflow", "div_u", "rem_s", "rem_u");

  @Test
  void everyInstructionTrapAndLimit_isComeTo() {
    Tally plain = new Tally(false);
    Tally metered = new Tally(true);
    Map<String, Integer> table = new TreeMap<>();
    for (long seed = 0; seed < FuzzPins.SEEDS; seed++) {
      ListeningEngine rewritten = new ListeningEngine(metered);
      for (String line : FuzzRun.of(seed, rewritten).lines()) {
        countHost(table, line);
      }
      FuzzRun.unmetered(seed, rewritten, new ListeningEngine(plain));
    }
    plain.opcodes.forEach((what, count) -> table.put("instruction " + what, count));
    plain.traps.forEach((what, count) -> table.put("trap " + what, count));
    plain.limits.forEach((what, count) -> table.merge("limit " + what, count, Integer::sum));
    metered.limits.forEach((what, count) -> table.merge("limit " + what, count, Integer::sum));
    StringBuilder text = new StringBuilder();
    table.forEach((what, count) -> text.append("%8d %s%n".formatted(count, what)));
    if (System.getProperty("myrhiza.fuzz.coverage") != null) {
      System.out.print(text);
    }
    assertThat(wanted()).as("%s", text).isSubsetOf(table.keySet());
  }

  private static void countHost(Map<String, Integer> table, String line) {
    if (line.contains(": out of fuel in the host")) {
      table.merge("limit fuel in the host", 1, Integer::sum);
    } else if (line.contains(": rejected")) {
      table.merge("limit rejected by the host", 1, Integer::sum);
    } else if (line.contains(": aborted fuel")) {
      table.merge("limit aborted by the host", 1, Integer::sum);
    }
  }

  private static List<String> wanted() {
    List<String> wanted = new ArrayList<>();
    for (int code = 0; code < Instructions.CODES; code++) {
      if (FuelTable.isPriced(code)
          && !Instructions.isFloat(code)
          && !REFUSED.contains(Instructions.name(code))) {
        wanted.add("instruction " + name(code));
        if (Instructions.immediates(code) == Instructions.Immediates.ACCESS
            || (code >= Instructions.MEMORY_INIT && code != Instructions.TABLE_SIZE)) {
          wanted.add("trap " + name(code));
        }
      }
    }
    for (String division : DIVISIONS) {
      wanted.add("trap i32." + division);
      wanted.add("trap i64." + division);
    }
    wanted.add("trap unreachable");
    wanted.add("trap call_indirect undefined element");
    wanted.add("trap call_indirect null element");
    wanted.add("trap call_indirect of another type");
    LIMITS.forEach(limit -> wanted.add("limit " + limit));
    return wanted;
  }

  private static String name(int code) {
    return code == Instructions.SELECT_TYPED ? "select typed" : Instructions.name(code);
  }
}

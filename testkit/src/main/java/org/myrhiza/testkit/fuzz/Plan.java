// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.wasm.ModuleAssembler;

/** What is decided about a module before its bodies are written, and what bodies may name. */
final class Plan {
  /** An entry of a table that no segment fills. */
  static final int NULL = -1;

  private static final int OWN_AT_LEAST = 2;
  private static final int OWN_AT_MOST = 4;

  /** The most parameters and results that the deterministic set allows. */
  private static final String MANY_PARAMS = "il".repeat(16);

  private static final String MANY_RESULTS = "li".repeat(4);

  final ModuleAssembler module = new ModuleAssembler();

  /** Imported functions first. */
  final List<Signature> functions = new ArrayList<>();

  final int imports;

  /** The function that calls itself by its argument, which is always the last but one. */
  final int deep;

  /** The function from i32 to i32 that the host may call: always the last. */
  final int leaf;

  /** Letters of the mutable globals. */
  final String globals;

  final int minPages;
  final int maxPages;

  /** What each entry of each table is: a function's index or {@link #NULL}. */
  final List<int[]> tables = new ArrayList<>();

  /** Sizes of the passive data segments, in the order of their indices. */
  final int[] dataSizes;

  Plan(Seeded random) {
    for (HostImport each : HostImport.values()) {
      module.importFunction(HostImport.MODULE, each.field(), each.signature().text());
      functions.add(each.signature());
    }
    imports = functions.size();
    int own = random.between(OWN_AT_LEAST, OWN_AT_MOST);
    for (int i = 0; i < own; i++) {
      functions.add(signature(random));
    }
    deep = functions.size();
    functions.add(new Signature("i" + letters(random, random.nextInt(3)), "i"));
    leaf = functions.size();
    functions.add(new Signature("i", "i"));
    globals = "il" + letters(random, random.nextInt(3));
    minPages = random.chance(1, 24) ? 0 : random.between(1, 2);
    maxPages = minPages + random.nextInt(3);
    planTables(random);
    dataSizes = new int[] {random.between(0, 40), random.between(1, 16)};
  }

  private static Signature signature(Seeded random) {
    if (random.chance(1, 20)) {
      return new Signature(MANY_PARAMS, letters(random, 1));
    }
    String results = random.chance(1, 16) ? MANY_RESULTS : letters(random, random.nextInt(3));
    return new Signature(letters(random, random.nextInt(4)), results);
  }

  static String letters(Seeded random, int count) {
    StringBuilder letters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      letters.append(random.nextBoolean() ? 'i' : 'l');
    }
    return letters.toString();
  }

  private void planTables(Seeded random) {
    int count = random.chance(1, 4) ? 2 : 1;
    for (int t = 0; t < count; t++) {
      int[] entries = new int[random.between(4, 10)];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = random.chance(1, 4) ? NULL : random.nextInt(functions.size());
      }
      entries[random.nextInt(entries.length)] = NULL;
      tables.add(entries);
    }
  }

  Signature function(int index) {
    return functions.get(index);
  }
}

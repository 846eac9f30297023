// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.fuzz.BudgetSweep;
import org.myrhiza.testkit.fuzz.FuzzPins;
import org.myrhiza.testkit.fuzz.FuzzRun;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/**
 * Random modules end alike on each engine: the transcripts of their calls are the pinned ones. How
 * to pin them anew is said in {@code docs/spec/metering.md}.
 */
public final class FuzzSuite {
  /** Made once per test. */
  public FuzzSuite() {}

  private static JsonValue pins() {
    return Json.parse(VectorFiles.spec("metering/fuzz.json"));
  }

  @Test
  @Proves("METERING-8")
  void transcripts_ofEachBlockOfSeeds_areThePinnedOnes() {
    List<JsonValue> pinned = pins().at("blocks").items();
    List<List<Long>> blocks = FuzzPins.blocks();
    assertEquals(blocks.size(), pinned.size());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      FuzzPins.Pin seen = FuzzPins.run(blocks.get(i), TestStack.current().engine());
      String difference = FuzzPins.difference(FuzzPins.read(pinned.get(i)), seen);
      if (!difference.isEmpty()) {
        differences.add(difference);
      }
    }
    assertTrue(differences.isEmpty(), TestStack.current().name() + ": " + differences);
  }

  @Test
  void everyBudgetOfOneProgram_givesThePinnedTranscript() {
    List<String> lines = BudgetSweep.run(TestStack.current().engine());
    assertEquals(pins().at("sweep").text(), FuzzRun.hash(String.join("\n", lines)));
    int enough = 1;
    while (!lines.get(enough).contains("returned")) {
      String line = lines.get(enough);
      assertTrue(line.contains("OUT_OF_FUEL") || line.contains("out of fuel"), line);
      enough++;
    }
    for (String line : lines.subList(enough, lines.size())) {
      assertTrue(line.contains("returned"), line);
    }
  }
}

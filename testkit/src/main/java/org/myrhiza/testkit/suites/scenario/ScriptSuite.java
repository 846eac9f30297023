// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.scenario.Operation;
import org.myrhiza.testkit.scenario.Play;
import org.myrhiza.testkit.scenario.Report;
import org.myrhiza.testkit.scenario.Scenario;
import org.myrhiza.testkit.scenario.ScenarioRun;
import org.myrhiza.testkit.scenario.ScenarioText;
import org.myrhiza.testkit.scenario.Scenarios;
import org.myrhiza.testkit.scenario.Shrinker;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.ToyPlatform;

/** Scripts say all that a run depends on, and small ones are found. */
public final class ScriptSuite {
  private static final String HEAD = "myrhiza simulation 1\nseed 7\napp toy\npeers 3\n";

  private static Scenario scenario(long seed) {
    return Scenarios.make(seed, Play.TOY, new Scenarios.Size(9, 30), FaultKind.ALL);
  }

  @Test
  void scriptsAreReadAsTheyAreWritten() throws ScenarioText.WrongScript {
    for (Play play : Play.values()) {
      Scenario scenario = Scenarios.make(4, play, new Scenarios.Size(9, 30), FaultKind.ALL);
      assertEquals(scenario, ScenarioText.read(ScenarioText.write(scenario)));
    }
  }

  @Test
  void aScriptRunsLikeTheScenarioThatItWasMadeOf() throws ScenarioText.WrongScript {
    Scenario read = ScenarioText.read(ScenarioText.write(scenario(5)));
    assertEquals(
        ScenarioRun.of(scenario(5), ToyPlatform.platform()).traceHash(),
        ScenarioRun.of(read, ToyPlatform.platform()).traceHash());
  }

  @Test
  void whatIsNoScriptIsRefused() throws ScenarioText.WrongScript {
    assertEquals(1, ScenarioText.read(HEAD + "# a remark\n\n5 act 2 double\n").acts());
    List<String> wrong =
        List.of(
            "",
            HEAD.replace("1\nseed", "2\nseed"),
            HEAD.replace("seed 7", "seed x"),
            HEAD.replace("app toy", "app none"),
            HEAD.replace("peers 3", "peers 0"),
            HEAD + "5 act 3 double\n",
            HEAD + "5 act\n",
            HEAD + "5 earthquake 0 0 0\n",
            HEAD + "5 crash 0 0\n",
            HEAD + "x crash 0 0 0\n");
    for (String text : wrong) {
      assertThrows(ScenarioText.WrongScript.class, () -> ScenarioText.read(text), text);
    }
  }

  /** Fails exactly while there are a doubling and a crash, whatever else there is. */
  private static boolean hasBoth(Scenario scenario) {
    boolean doubling =
        scenario.operations().stream()
            .anyMatch(each -> each instanceof Operation.Act act && act.action().equals("double"));
    return doubling && scenario.faults().contains(FaultKind.CRASH);
  }

  @Test
  void whatDoesNotMatterIsLeftOut() {
    Shrinker shrinker = new Shrinker(ScriptSuite::hasBoth, _ -> {});
    Scenario small = shrinker.shrink(scenario(6));
    assertEquals(2, small.operations().size());
    assertEquals(1, small.peers());
    assertTrue(hasBoth(small));
  }

  @Test
  void aShrunkScriptFailsInTheSameWay() throws ScenarioText.WrongScript {
    Scenario failing =
        Scenarios.make(1, Play.TOY, new Scenarios.Size(4, 10), List.of(FaultKind.MIXED_ENGINES));
    Shrinker shrinker = new Shrinker(ScriptSuite::isNotInjected, _ -> {});
    String script = ScenarioText.write(shrinker.shrink(failing));
    Scenario read = ScenarioText.read(script);
    assertEquals(1, read.operations().size(), script);
    assertTrue(isNotInjected(read), script);
  }

  private static boolean isNotInjected(Scenario scenario) {
    return ScenarioRun.of(scenario, ToyPlatform.platform()).has(Report.Kind.NOT_INJECTED);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.scenario.Play;
import org.myrhiza.testkit.scenario.Report;
import org.myrhiza.testkit.scenario.Scenario;
import org.myrhiza.testkit.scenario.ScenarioRun;
import org.myrhiza.testkit.scenario.Scenarios;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.SimPlatform;
import org.myrhiza.testkit.sim.ToyPlatform;

/** Scenarios with the toy counter: each fault alone, all of them, and what a run depends on. */
public final class ScenarioSuite {
  private static final Scenarios.Size SMALL = new Scenarios.Size(6, 16);

  /** Enough peers and events for an own key to be forked before its last events come back. */
  private static final Scenarios.Size LARGER = new Scenarios.Size(5, 60);

  private static final int LYING_SEEDS = 6;

  private final SimPlatform platform = ToyPlatform.platform();

  private Report run(long seed, List<FaultKind> faults) {
    return ScenarioRun.of(Scenarios.make(seed, Play.TOY, SMALL, faults), platform);
  }

  /** What can be injected with one engine. */
  private static List<FaultKind> injectable() {
    List<FaultKind> kinds = new ArrayList<>(FaultKind.ALL);
    kinds.remove(FaultKind.MIXED_ENGINES);
    return kinds;
  }

  @Test
  void withEachFaultAlonePeersConverge() {
    for (FaultKind kind : injectable()) {
      Report report = run(3, List.of(kind));
      assertEquals(List.of(), report.problems(), kind.word());
      for (FaultKind other : FaultKind.values()) {
        assertEquals(other == kind, report.injected().count(other) > 0, kind + ": " + other);
      }
    }
  }

  @Test
  void withAllFaultsPeersConverge() {
    for (long seed = 1; seed <= 3; seed++) {
      assertEquals(List.of(), run(seed, injectable()).problems(), "seed " + seed);
    }
  }

  @Test
  void aFaultThatIsAskedForAndNeverHappensIsAProblem() {
    Report report = run(1, List.of(FaultKind.MIXED_ENGINES));
    assertTrue(report.has(Report.Kind.NOT_INJECTED), report.problems().toString());
    assertTrue(report.converged());
  }

  @Test
  void theSameScenarioGivesTheSameTrace() {
    Report first = run(5, injectable());
    Report again = run(5, injectable());
    assertEquals(first.traceHash(), again.traceHash());
    assertEquals(first.digest(), again.digest());
    assertEquals(first.steps(), again.steps());
    assertNotEquals(first.traceHash(), run(6, injectable()).traceHash());
  }

  @Test
  void aScenarioHasAsManyActionsAsItWasAskedFor() {
    Scenario scenario = Scenarios.make(1, Play.POLL, SMALL, FaultKind.ALL);
    assertEquals(FaultKind.ALL, List.copyOf(scenario.faults()));
    assertEquals(SMALL.events(), scenario.acts());
  }

  @Test
  void whoseDiskLiedGoesOnAndLosesNothing() {
    for (long seed = 1; seed <= LYING_SEEDS; seed++) {
      List<FaultKind> faults =
          List.of(FaultKind.LYING_DISK, FaultKind.DELAY, FaultKind.PARTITION, FaultKind.LOSS);
      Report report = ScenarioRun.of(Scenarios.make(seed, Play.TOY, LARGER, faults), platform);
      assertEquals(List.of(), report.problems(), "seed " + seed);
    }
  }
}

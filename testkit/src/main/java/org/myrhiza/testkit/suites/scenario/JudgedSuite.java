// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.scenario.Operation;
import org.myrhiza.testkit.scenario.Play;
import org.myrhiza.testkit.scenario.Report;
import org.myrhiza.testkit.scenario.Scenario;
import org.myrhiza.testkit.scenario.ScenarioRun;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.ToyPlatform;

/** What single troubles of scenarios lead to. */
public final class JudgedSuite {
  private static final int PEERS = 4;
  private static final int LONG_MILLIS = 20_000;
  private static final int SHORT_MILLIS = 2_000;
  private static final int COPY = 1;
  private static final int FENCES = 2;
  private static final int LIES = 3;

  /** A seed in which some peers can be dialled, and one in which none can. */
  private static final long DIRECT = 4;

  private static final long RELAYED = 1;

  private static Operation.Trouble trouble(FaultKind kind, int strength) {
    return new Operation.Trouble(1_000, kind, 1, strength, LONG_MILLIS);
  }

  private static Report run(long seed, Operation... troubles) {
    List<Operation> operations = new ArrayList<>(List.of(troubles));
    for (int i = 0; i < PEERS; i++) {
      operations.add(new Operation.Act(i * 100L, i, "add", "1"));
    }
    operations.sort(Comparator.comparingLong(Operation::atMillis));
    return ScenarioRun.of(new Scenario(seed, Play.TOY, PEERS, operations), ToyPlatform.platform());
  }

  @Test
  void whoeverLies_ofHeadsOrTreesOrEvents_losesItsLinks() {
    for (int way = 0; way < LIES; way++) {
      Report report = run(RELAYED, trouble(FaultKind.LIE, way));
      assertEquals(List.of(), report.problems(), "way " + way);
      assertEquals(PEERS, report.links().closed(), "way " + way);
    }
  }

  @Test
  void fencesAreJudgedAlike() {
    Report calm = run(RELAYED);
    Report fenced = run(RELAYED, trouble(FaultKind.FORK, FENCES));
    assertEquals(List.of(), fenced.problems());
    assertNotEquals(Bytes.EMPTY, fenced.digest());
    assertNotEquals(calm.digest(), fenced.digest());
    assertTrue(fenced.injected().count(FaultKind.FORK) > 0);
  }

  @Test
  void copiesGoOnUnderNewKeys() {
    for (long seed = 1; seed <= PEERS; seed++) {
      Report report = run(seed, trouble(FaultKind.FORK, COPY));
      assertEquals(List.of(), report.problems(), "seed " + seed);
    }
  }

  @Test
  void peersDialEachOtherInSomeSeeds_alsoAfterCrashesAndPartitions() {
    assertEquals(0, run(RELAYED).links().direct());
    int calm = run(DIRECT).links().direct();
    assertTrue(calm > 0, calm + " links");
    List<Operation.Trouble> crashes = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      crashes.add(new Operation.Trouble(1_000L * i, FaultKind.CRASH, i, 0, 0));
    }
    Report crashed = run(DIRECT, crashes.toArray(Operation[]::new));
    assertEquals(List.of(), crashed.problems());
    assertTrue(crashed.links().direct() > calm, crashed.links() + " and " + calm + " links");
    Report parted =
        run(
            DIRECT,
            new Operation.Trouble(50, FaultKind.PARTITION, 0, 2, SHORT_MILLIS),
            new Operation.Act(LONG_MILLIS, 0, "add", "1"));
    assertEquals(List.of(), parted.problems());
    assertTrue(parted.links().direct() > calm, parted.links() + " and " + calm + " links");
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.attack.Attacks;
import org.myrhiza.testkit.attack.Ground;
import org.myrhiza.testkit.attack.Report;
import org.myrhiza.testkit.sim.ToyCrypto;
import org.myrhiza.testkit.suite.Proves;

/** The attacks of rules.md 12 on a small topic: what comes of them, and what they may cost. */
public final class AttacksSuite {
  private static final int AUTHORS = 7;
  private static final int EVENTS = 150;
  private static final int STRENGTH = 200;
  private static final int JUNK = 2_500;

  private final Attacks attacks =
      new Attacks(new Ground(new ToyCrypto(), AUTHORS, EVENTS), () -> 0);

  /** Made once per test. */
  public AttacksSuite() {}

  private static void assertRight(Report report) {
    assertEquals(List.of(), report.wrong(), report.toString());
    assertTrue(report.spent().events() > 0, report.toString());
  }

  @Test
  @Proves("ORDER-13")
  void retroactiveForks_changeNothing_andRunNothingAgain() {
    assertRight(attacks.retroactiveForks());
  }

  @Test
  @Proves("ORDER-13")
  void forksThatAnAccompliceAcknowledges_areKept_forEverybody() {
    assertRight(attacks.acknowledgedForks());
  }

  @Test
  @Proves("ORDER-11")
  void whoWasShutOut_writesNothingThatCounts_howeverFarBack() {
    assertRight(attacks.backdating(STRENGTH));
  }

  @Test
  void shallowFlood_runsAgainOnlyWhatReadsIt() {
    assertRight(attacks.shallowFlood(STRENGTH));
    assertRight(attacks.shallowFloodThatAllRead(STRENGTH));
  }

  @Test
  void grindingIds_givesNoEarlierPlace() {
    assertRight(attacks.grinding(STRENGTH));
  }

  @Test
  void depthInflation_pushesNobodyAway() {
    assertRight(attacks.depthInflation(STRENGTH));
  }

  @Test
  void withheldParents_areBounded_chargedAndForgotten() {
    assertRight(attacks.withheldParents());
  }

  @Test
  @Proves("ORDER-14")
  void junkBranches_areDropped_andCountForNothing() {
    assertRight(attacks.junkBranches(JUNK));
  }

  @Test
  void clockAtItsEnd_stopsOnlyItsAuthor() {
    assertRight(attacks.clockAtItsEnd());
  }

  @Test
  void honestRestore_losesNothing_andChargesNobody() {
    assertRight(attacks.honestRestore());
  }
}

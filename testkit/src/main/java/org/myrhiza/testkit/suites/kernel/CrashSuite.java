// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.scenario.CrashedRun;
import org.myrhiza.testkit.sim.SimPeer.Tear;

/** A crash before any effect of a run loses nothing that left the kernel, and changes no result. */
public final class CrashSuite {
  /**
   * Effects between two crashes, since all of them take too long; every one is a nightly matter.
   */
  private static final int STRIDE = 47;

  private static final long LEAST_EFFECTS = 300;

  /** Made once per test. */
  public CrashSuite() {}

  /**
   * Crashes once in each run, with what was being written lost or written.
   *
   * @param first before which effect the first crash is, above 0, which is carried out as it starts
   * @param stride how many effects are between two crashes
   * @return how many runs there were
   */
  public static long crashAll(long first, long stride) {
    CrashedRun.End calm = CrashedRun.without();
    assertEquals(List.of(), calm.wrong());
    assertTrue(calm.effects() > LEAST_EFFECTS, "effects: " + calm.effects());
    long runs = 0;
    for (long effect = first; effect < calm.effects(); effect += stride) {
      for (Tear left : List.of(Tear.ABSENT, Tear.UNACKNOWLEDGED)) {
        CrashedRun.End end = CrashedRun.before(effect, left);
        String where = "crash before effect " + effect + ", what was written " + left;
        assertEquals(1, end.crashes(), where);
        assertEquals(List.of(), end.wrong(), where);
        assertEquals(calm.values(), end.values(), where);
        assertEquals(calm.events(), end.events(), where);
        runs++;
      }
    }
    return runs;
  }

  @Test
  void aCrashBeforeAnyEffect_losesNothingAcknowledged_andEndsTheSame() {
    assertTrue(crashAll(1, STRIDE) > LEAST_EFFECTS / STRIDE);
  }
}

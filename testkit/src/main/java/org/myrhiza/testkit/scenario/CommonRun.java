// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.GuestPlatform;
import org.myrhiza.testkit.sim.SimPlatform;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.testkit.stack.TestEngine;

/** A small run of each app that every stack can make, to compare what they make of it. */
public final class CommonRun {
  private static final Scenarios.Size SIZE = new Scenarios.Size(4, 16);

  private CommonRun() {}

  /**
   * Runs a seed with toy cryptography and every fault that one engine allows.
   *
   * @param engine what components run on
   * @return a line for each app: its name, problems, steps, digest and trace hash
   */
  public static String of(long seed, TestEngine engine) {
    List<FaultKind> faults = new ArrayList<>(FaultKind.ALL);
    faults.remove(FaultKind.MIXED_ENGINES);
    GuestPlatform guests = new GuestPlatform(engine);
    StringBuilder lines = new StringBuilder();
    for (Play play : Play.values()) {
      SimPlatform platform = play == Play.TOY ? ToyPlatform.platform() : guests;
      Report report = ScenarioRun.of(Scenarios.make(seed, play, SIZE, faults), platform);
      lines
          .append(play.word())
          .append(' ')
          .append(report.problems())
          .append(' ')
          .append(report.steps())
          .append(' ')
          .append(report.digest().toHex())
          .append(' ')
          .append(report.traceHash().toHex())
          .append('\n');
    }
    return lines.toString();
  }
}

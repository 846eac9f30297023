// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.testkit.scenario.Play;
import org.myrhiza.testkit.scenario.Report;
import org.myrhiza.testkit.scenario.Scenario;
import org.myrhiza.testkit.scenario.ScenarioRun;
import org.myrhiza.testkit.scenario.Scenarios;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.SimPlatform;
import org.myrhiza.testkit.sim.ToyPlatform;

/** The runs by which the kernel is judged: 25 peers, 60 events, every fault. */
public final class SeedRuns {
  static final long SEEDS = 200;

  private static final int PEERS = 25;
  private static final int EVENTS = 60;

  private SeedRuns() {}

  static Report run(long seed, SimPlatform platform) {
    Play play = seed % 2 == 0 ? Play.POLL : Play.COUNTER;
    return ScenarioRun.of(
        Scenarios.make(seed, play, new Scenarios.Size(PEERS, EVENTS), FaultKind.ALL), platform);
  }

  /**
   * The same with the toy counter and toy cryptography, and so without built apps; they take a
   * fraction of the time.
   */
  public static String firstToyFailure(long from, long to) {
    List<FaultKind> faults = new ArrayList<>(FaultKind.ALL);
    faults.remove(FaultKind.MIXED_ENGINES);
    Scenarios.Size size = new Scenarios.Size(PEERS, EVENTS);
    for (long seed = from; seed <= to; seed++) {
      Scenario scenario = Scenarios.make(seed, Play.TOY, size, faults);
      Report report = ScenarioRun.of(scenario, ToyPlatform.platform());
      if (!report.problems().isEmpty()) {
        return seed + " " + report.problems();
      }
    }
    return "";
  }

  /**
   * Runs seeds one after the other until one fails; called through reflection in class loaders with
   * changed classes.
   *
   * @param from the first seed
   * @param to the last seed
   * @return the seed and what is wrong with its run, empty when all went well
   */
  public static String firstFailure(long from, long to) {
    NativePlatform.findApps();
    SimPlatform platform = NativePlatform.open();
    for (long seed = from; seed <= to; seed++) {
      Report report = run(seed, platform);
      if (!report.problems().isEmpty()) {
        return seed + " " + report.problems();
      }
    }
    return "";
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.scenario.Play;
import org.myrhiza.testkit.scenario.Report;
import org.myrhiza.testkit.scenario.ScenarioRun;
import org.myrhiza.testkit.scenario.Scenarios;
import org.myrhiza.testkit.sim.FaultKind;

/** Honest peers agree whatever happens, and nothing acknowledged is lost. */
final class SeedsTest {
  private static final int THREADS = 2;
  private static final int MANY_PEERS = 1_000;
  private static final int MANY_EVENTS = 60;

  /** Runs share nothing, so that each thread takes the next seed. */
  @Test
  @Tag("slow")
  void twoHundredSeedsOfTwentyFivePeersConverge() throws InterruptedException {
    NativePlatform.findApps();
    AtomicLong next = new AtomicLong(1);
    AtomicLong done = new AtomicLong();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Runnable work = () -> takeSeeds(next, done, failures);
      Thread thread = new Thread(null, work, "seeds " + i, ChicoryEngine.STACK_BYTES);
      thread.setUncaughtExceptionHandler((_, thrown) -> failures.add(thrown.toString()));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(done.get()).isEqualTo(SeedRuns.SEEDS);
  }

  private static void takeSeeds(AtomicLong next, AtomicLong done, Queue<String> failures) {
    var platform = NativePlatform.open();
    for (long seed = next.getAndIncrement();
        seed <= SeedRuns.SEEDS;
        seed = next.getAndIncrement()) {
      Report report = SeedRuns.run(seed, platform);
      if (!report.problems().isEmpty()) {
        failures.add("seed " + seed + ": " + report.problems());
      }
      done.incrementAndGet();
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace_alsoAfterOthers() {
    NativePlatform.findApps();
    var used = NativePlatform.open();
    for (Play play : List.of(Play.COUNTER, Play.POLL)) {
      var scenario = Scenarios.make(9, play, new Scenarios.Size(5, 15), FaultKind.ALL);
      Report first = ScenarioRun.of(scenario, used);
      Report again = ScenarioRun.of(scenario, used);
      Report fresh = ScenarioRun.of(scenario, NativePlatform.open());
      assertThat(again.traceHash()).as(play.word()).isEqualTo(first.traceHash());
      assertThat(fresh.traceHash()).as(play.word()).isEqualTo(first.traceHash());
    }
  }

  @Test
  @Tag("nightly")
  void aThousandPeersConverge() {
    NativePlatform.findApps();
    var size = new Scenarios.Size(MANY_PEERS, MANY_EVENTS);
    var scenario = Scenarios.make(1, Play.COUNTER, size, FaultKind.ALL);
    assertThat(ScenarioRun.of(scenario, NativePlatform.open()).problems()).isEmpty();
  }
}

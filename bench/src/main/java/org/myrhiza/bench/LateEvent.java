// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.App;
import org.myrhiza.instance.Self;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Comparison;
import org.myrhiza.replay.Counts;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.SkipRule;
import org.myrhiza.state.Overlay;
import org.myrhiza.testkit.graph.Deliveries;

/**
 * What one late event costs, by how many events follow its place: with replay that skips, and with
 * every event run again. Replay and state alone, without log, store, signatures or digest.
 */
final class LateEvent {
  private static final int EVENTS = 12_000;
  private static final int AUTHORS = 100;
  private static final int[] DISTANCES = {10, 100, 1_000, 10_000};
  private static final int WARM_UPS = 4;
  private static final int ROUNDS = 9;
  private static final Bytes ONE = Bytes.zeros(7).plus(Bytes.of(1));

  private record Way(String name, String engine, Applier app, ApplyLimits limits) {}

  private LateEvent() {}

  static List<Figure> measure(Rig rig) throws Refused {
    rig.say("late events");
    List<Figure> figures = new ArrayList<>();
    figures.addAll(of("posts", "none", LateEvent::post, ApplyLimits.of(1_000_000)));
    figures.addAll(of("counts per author", "none", LateEvent::tally, ApplyLimits.of(1_000_000)));
    figures.addAll(
        GuestThread.run(
            "late events on Chicory",
            () -> {
              App app = StoredReplay.open(rig.counter(), ChicoryEngine.compiled());
              PublicKey key = new PublicKey(Bytes.zeros(32));
              Self self = new Self(key, key, "bench", false);
              LateOrder order = new LateOrder(2, 1, ONE);
              Applier counter = app.applier(new App.Facts(order.topic(), key, "bench", self));
              return of("counter", "chicory-compiled", counter, app.limits());
            }));
    return figures;
  }

  /** Every event has a key of its own: none reads what another wrote. */
  private static Outcome post(Overlay state, Delivery event, long fuel) {
    state.put(event.id().bytes(), event.body());
    return new Outcome.Accepted(1);
  }

  /** As many chains of reads and writes as authors. */
  private static Outcome tally(Overlay state, Delivery event, long fuel) {
    Bytes key = event.principal().bytes();
    Bytes had = state.get(key);
    int count = had == null ? 1 : 1 + (had.at(0) << 8) + had.at(1);
    state.put(key, Bytes.of(count >> 8 & 0xff, count & 0xff));
    return new Outcome.Accepted(1);
  }

  private static List<Figure> of(String name, String engine, Applier app, ApplyLimits limits)
      throws Refused {
    List<Figure> figures = new ArrayList<>();
    Way skipping = new Way(name + ", skipping", engine, app, limits);
    Way allAgain = new Way(name + ", all again", engine, app, limits);
    for (int distance : DISTANCES) {
      figures.add(one(skipping, SkipRule.SOUND, distance));
      figures.add(one(allAgain, SkipRule.CHECKED, distance));
    }
    return figures;
  }

  private static Figure one(Way way, SkipRule rule, int distance) throws Refused {
    Applier app = way.app;
    ApplyLimits limits = way.limits;
    LateOrder order = new LateOrder(EVENTS, AUTHORS, ONE);
    Replay replay = Replay.of(order, rule);
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    Work work = new Work(order, replay, store);
    finish(work, way);
    Deliveries.persist(replay, store);
    Counts before = replay.counts();
    long[] nanos = new long[ROUNDS];
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      var place = order.toggle(distance);
      replay.disturbed(place, place);
      finish(work, way);
      nanos[Math.max(0, round)] = System.nanoTime() - begin;
      Deliveries.persist(replay, store);
    }
    if (!(replay.compareWithReplayFromNothing(app, limits) instanceof Comparison.Same)) {
      throw new Refused("the late event left another state than a replay from nothing");
    }
    Arrays.sort(nanos);
    long rounds = WARM_UPS + ROUNDS;
    String detail =
        (replay.counts().applied() - before.applied()) / rounds
            + " calls a change in "
            + EVENTS
            + " events of "
            + AUTHORS
            + " authors, slowest "
            + TimeUnit.NANOSECONDS.toMicros(nanos[ROUNDS - 1])
            + " us; state, verdicts and undo entries as from nothing";
    return new Figure(
        "late event, " + way.name + ", distance " + distance,
        nanos[ROUNDS / 2] / 1e3,
        "us, median",
        new Figure.Setup("none", "none", "on", way.engine),
        detail);
  }

  private record Work(LateOrder order, Replay replay, TreeMap<Bytes, Bytes> store) {}

  /** Goes on to the end; results that are no longer in memory are read of a store in memory. */
  private static void finish(Work work, Way way) throws Refused {
    Replay replay = work.replay;
    Progress progress = replay.step(way.app, way.limits);
    while (progress instanceof Progress.More || progress instanceof Progress.Needs) {
      Deliveries.persist(replay, work.store);
      Deliveries.provide(progress, work.order, replay, work.store);
      progress = replay.step(way.app, way.limits);
    }
    if (progress instanceof Progress.Stalled stalled) {
      throw new Refused("replay stalled: " + stalled.reason());
    }
  }
}

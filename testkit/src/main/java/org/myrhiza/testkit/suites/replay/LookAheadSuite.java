// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.log.Log;
import org.myrhiza.log.Source;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.SkipRule;
import org.myrhiza.state.Overlay;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;

/** Events that each want a value of their own of the store get it with few reads. */
public final class LookAheadSuite {
  private static final int EVENTS = 120;
  private static final int VALUE_BYTES = 5_000;
  private static final ApplyLimits LIMITS = ApplyLimits.of(260_000);

  private final TreeMap<Bytes, Bytes> store = new TreeMap<>();
  private int wanted = 1;
  private int reads;
  private int calls;

  /** Made once per test. */
  public LookAheadSuite() {}

  private static Bytes key(int number) {
    return Bytes.of(1, number);
  }

  /** The first event writes many large values, each other one reads some and writes a small one. */
  private Outcome apply(Overlay state, Delivery event, long fuel) {
    calls++;
    if (event.tag() == Delivery.CREATION_TAG) {
      for (int i = 0; i < 200; i++) {
        state.put(key(i), Bytes.of(i).plus(Bytes.zeros(VALUE_BYTES)));
      }
      return new Outcome.Accepted(1);
    }
    int seen = 0;
    for (int i = 0; i < wanted; i++) {
      Bytes value = state.get(key((event.id().bytes().at(0) + 7 * i) % 200));
      seen += value == null ? EVENTS : value.at(0);
    }
    if (state.misses() && wanted == 1) {
      return new Outcome.Rejected("nothing there", 1);
    }
    state.put(Bytes.of(2).plus(event.id().bytes()), Bytes.of(seen & 0xff));
    return new Outcome.Accepted(1);
  }

  private Replay run(EventGraph graph, long keeps) {
    Log log = Log.empty(graph.topic());
    Replay replay = Replay.of(log, SkipRule.SOUND);
    replay.state().keepAtMost(keeps);
    Source link = new Source(1);
    for (Event event : graph.events()) {
      Deliveries.deliver(log, event, link);
      if (log.size() == 1) {
        replay.step(this::apply, LIMITS);
        Deliveries.persist(replay, store);
      }
    }
    Progress progress = replay.step(this::apply, LIMITS);
    for (int steps = 0; !(progress instanceof Progress.Done); steps++) {
      assertTrue(steps < 1_000, "replay does not end");
      Deliveries.persist(replay, store);

      reads += Deliveries.provide(progress, log, replay, store) ? 1 : 0;
      progress = replay.step(this::apply, LIMITS);
    }
    Deliveries.persist(replay, store);
    assertInstanceOf(Progress.Done.class, progress);
    return replay;
  }

  @Test
  void eventsThatWantOldValues_shareReads_andComeToTheSame() {
    EventGraph graph = EventGraph.random(new Seeded(3), EVENTS, 3, 0);
    Replay whole = run(graph, Long.MAX_VALUE);
    assertEquals(0, reads);
    calls = 0;
    TreeMap<Bytes, Bytes> stored = new TreeMap<>(store);
    store.clear();
    Replay thrifty = run(graph, 200_000);
    assertEquals(whole.digest(), thrifty.digest());
    assertEquals(whole.counts(), thrifty.counts());
    assertEquals(stored, store);
    assertTrue(whole.counts().accepted() > EVENTS / 2, "accepted: " + whole.counts());
    assertTrue(reads > 1 && reads < EVENTS / 10, "reads: " + reads);
    assertTrue(calls < 4 * EVENTS, "calls: " + calls);
  }

  /** Not one read for each of them: the first try goes on, and says what else it wants. */
  @Test
  void anEventThatWantsManyOldValues_getsThemWithFewReads() {
    wanted = 40;
    EventGraph graph = EventGraph.random(new Seeded(4), EVENTS / 4, 3, 0);
    Replay whole = run(graph, Long.MAX_VALUE);
    int once = calls;
    calls = 0;
    store.clear();
    Replay thrifty = run(graph, 400_000);
    assertEquals(whole.digest(), thrifty.digest());
    assertEquals(whole.counts(), thrifty.counts());
    assertTrue(reads > 1 && reads < EVENTS / 2, "reads: " + reads);
    assertTrue(calls < 4 * once, "calls: " + calls + ", were " + once);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.SlowLog;

/** What is kept and held of a topic with forks and fences. */
public final class KeptSuite {
  private static final int SEEDS = 200;

  /** Made once per test. */
  public KeptSuite() {}

  /** What some peers know, and what all of them know together. */
  private record Parts(SlowLog whole, List<SlowLog> parts) {
    static Parts of(EventGraph graph, Seeded how) {
      List<Event> events = new ArrayList<>();
      List<ForkProof> proofs = new ArrayList<>();
      List<SlowLog> parts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        List<Event> some = graph.closedPart(how);
        List<ForkProof> heard = graph.someProofs(how);
        parts.add(SlowLog.of(graph.topic(), some, heard));
        events.addAll(some);
        proofs.addAll(heard);
      }
      return new Parts(SlowLog.of(graph.topic(), events, proofs), parts);
    }

    SlowLog merged(int a, int b, int c) {
      return parts.get(a).merge(parts.get(b)).merge(parts.get(c));
    }
  }

  @Test
  void mergingInAnyOrder_givesWhatAllTogetherGive() {
    int dropped = 0;
    int forks = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Seeded random = new Seeded(seed);
      EventGraph graph = EventGraph.random(random, EventGraph.Recipe.fenced(random));
      Parts parts = Parts.of(graph, random.fork("parts"));
      SlowLog whole = parts.whole();
      assertSame(whole, parts.merged(0, 1, 2), "seed " + seed);
      assertSame(whole, parts.merged(2, 1, 0), "seed " + seed);
      dropped += whole.valid().size() - whole.held().size();
      forks += whole.s0().size();
    }
    assertTrue(dropped > SEEDS, "events dropped: " + dropped);
    assertTrue(forks > SEEDS / 2, "keys forked: " + forks);
  }

  private static void assertSame(SlowLog whole, SlowLog merged, String message) {
    assertEquals(texts(whole.kept()), texts(merged.kept()), message);
    assertEquals(whole.held(), merged.held(), message);
    assertEquals(whole.mattering(whole.s0()), whole.mattering(merged.s0()), message);
  }

  private static List<String> texts(List<EventId> ids) {
    return ids.stream().map(EventId::text).toList();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.ForkProof;
import org.myrhiza.log.LogEntry;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Comparison;
import org.myrhiza.replay.Verdict;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.BusyPeer;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.SlowLog;
import org.myrhiza.testkit.graph.SlowReplay;
import org.myrhiza.testkit.graph.ToyApp;

/**
 * One set of events and proofs, delivered in any order to a peer with a tiny waiting room, that
 * drops and starts anew at random moments: it holds and keeps the same, in the same state.
 */
public final class DeliverySuite {
  private static final int SEEDS = 40;
  private static final int MOST_ROUNDS = 200;
  private static final long FUEL = 260_000;
  private static final ToyApp APP = new ToyApp();

  /** Made once per test. */
  public DeliverySuite() {}

  /**
   * What happened over all seeds.
   *
   * @param restarts starts from the store
   * @param dropped events that were dropped, since nobody held them
   * @param again events that had to be delivered again
   * @param lost valid events that are not kept in the end
   * @param forks keys that forked
   */
  public record Tally(long restarts, long dropped, long again, long lost, long forks) {
    Tally plus(Tally other) {
      return new Tally(
          restarts + other.restarts,
          dropped + other.dropped,
          again + other.again,
          lost + other.lost,
          forks + other.forks);
    }
  }

  /** Delivers random topics, one for each seed. */
  public static Tally deliverAll(int firstSeed, int seeds) {
    Tally tally = new Tally(0, 0, 0, 0, 0);
    for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
      tally = tally.plus(deliver(seed));
    }
    return tally;
  }

  private static Tally deliver(int seed) {
    Seeded random = new Seeded(seed);
    EventGraph graph = EventGraph.random(random, EventGraph.Recipe.fenced(random));
    Seeded how = new Seeded(seed).fork("delivery");
    BusyPeer peer = new BusyPeer(graph, 1 + how.nextInt(6));
    List<ForkProof> proofs = graph.someProofs(how);
    Tally tally = new Tally(0, 0, 0, 0, 0);
    Set<EventId> valid = SlowLog.of(graph.topic(), graph.events()).valid().keySet();
    List<Event> missing = graph.shuffled(how);
    for (int round = 0; !missing.isEmpty(); round++) {
      assertTrue(round < MOST_ROUNDS, "never all there, seed " + seed);
      tally = tally.plus(deliver(peer, missing, how, round < 3));
      missing = new ArrayList<>(graph.shuffled(how));
      missing.removeIf(event -> !valid.contains(event.id()) || !peer.lacks(event));
      tally = tally.plus(new Tally(0, 0, missing.size(), 0, 0));
    }
    proofs.removeIf(proof -> !peer.hear(proof));
    peer.persist();
    peer.restart();
    // What was dropped on the way comes once more: it must count for nothing, or be held by now.
    graph.events().forEach(event -> peer.hear(event, true));
    SlowLog slow = SlowLog.of(graph.topic(), graph.events(), proofs);
    assertSame(slow, peer, "seed " + seed);
    int lost = slow.valid().size() - slow.kept().size();
    return tally.plus(new Tally(1, 0, 0, lost, slow.s0().size()));
  }

  private static Tally deliver(BusyPeer peer, List<Event> events, Seeded how, boolean wild) {
    long restarts = 0;
    long dropped = 0;
    for (Event event : events) {
      peer.hear(event, !wild || !how.chance(1, 6));
      if (how.chance(1, 4)) {
        peer.step(APP, BusyPeer.someLimits(how, FUEL));
      }
      if (how.chance(1, 4)) {
        peer.persist();
      }
      if (wild && how.chance(1, 10)) {
        dropped += peer.drop(APP, ApplyLimits.of(FUEL));
      }
      if (wild && how.chance(1, 12)) {
        peer.restart();
        restarts++;
        if (how.nextBoolean()) {
          assertSameState(peer.twin(), "on the way, seed " + how.seed());
        }
      }
    }
    return new Tally(restarts, dropped, 0, 0, 0);
  }

  private static void assertSame(SlowLog slow, BusyPeer peer, String message) {
    List<EventId> held = new ArrayList<>(slow.order());
    held.retainAll(slow.held());
    assertEquals(texts(held), texts(peer.held()), "held, " + message);
    assertEquals(texts(slow.kept()), texts(peer.kept()), "kept, " + message);
    assertSameState(peer, message);
    assertSameState(peer.twin(), "restarted, " + message);
  }

  private static void assertSameState(BusyPeer peer, String message) {
    peer.finish(APP, ApplyLimits.of(FUEL));
    if (peer.log().size() == 0) {
      return;
    }
    peer.persist();
    peer.readAll();
    SlowReplay replay = SlowReplay.of(peer.log(), APP, FUEL);
    for (int i = 0; i < peer.log().keptSize(); i++) {
      LogEntry entry = peer.log().keptAt(i);
      Verdict verdict = peer.verdict(entry);
      assertTrue(verdict != null, message);
      assertEquals(replay.verdict(entry.id()), verdict.kind(), message);
    }
    assertEquals(replay.entries(), peer.entries(), "state, " + message);
    // A founder who forked its first event is not kept either: then nothing of it is in force, and
    // the reference, which always counts it, has no digest for that.
    Comparison again = peer.replay().compareWithReplayFromNothing(APP, ApplyLimits.of(FUEL));
    assertTrue(again instanceof Comparison.Same, again + ", " + message);
    if (peer.log().keptSize() > 0 && peer.log().keptAt(0).kind() == EventKind.GENESIS) {
      assertEquals(replay.digest(), peer.replay().digest(), "digest, " + message);
    }
  }

  private static List<String> texts(List<EventId> ids) {
    return ids.stream().map(EventId::text).toList();
  }

  @Test
  void anyOrder_anyRestarts_tinyWaitingRoom_giveTheSameHeldKeptStateAndDigest() {
    Tally tally = deliverAll(0, SEEDS);
    assertTrue(tally.restarts() > SEEDS, "restarts: " + tally);
    assertTrue(tally.dropped() > SEEDS / 2, "dropped: " + tally);
    assertTrue(tally.again() > SEEDS, "delivered again: " + tally);
    assertTrue(tally.lost() > SEEDS, "lost: " + tally);
    assertTrue(tally.forks() > SEEDS, "forks: " + tally);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.EventGraph.Recipe;
import org.myrhiza.testkit.graph.SlowLog;
import org.myrhiza.testkit.suite.Proves;

/** What is kept and held of a topic with forks and fences. */
public final class KeptSuite {
  private static final int SEEDS = 200;
  private static final int STRANGE_SEEDS = 60;

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

  /**
   * What random topics held.
   *
   * @param dropped valid events that were not held
   * @param forks keys that forked
   * @param voids events outside a policy fence
   * @param acknowledged suspect events that are kept
   */
  public record Tally(int dropped, int forks, int voids, int acknowledged) {
    Tally plus(SlowLog log) {
      long isVoid = log.valid().keySet().stream().filter(log.rules()::isVoid).count();
      long saved = log.kept().stream().filter(log.rules()::isSuspect).count();
      return new Tally(
          dropped + log.valid().size() - log.held().size(),
          forks + log.s0().size(),
          voids + (int) isVoid,
          acknowledged + (int) saved);
    }
  }

  /** Checks random topics, each split among three peers who merge in two orders. */
  public static Tally mergeAll(int firstSeed, int seeds) {
    Tally tally = new Tally(0, 0, 0, 0);
    for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
      Seeded random = new Seeded(seed);
      EventGraph graph = EventGraph.random(random, Recipe.fenced(random));
      Parts parts = Parts.of(graph, random.fork("parts"));
      SlowLog whole = parts.whole();
      assertSame(whole, whole, parts.merged(0, 1, 2), "seed " + seed);
      assertSame(whole, whole, parts.merged(2, 1, 0), "seed " + seed);
      tally = tally.plus(whole);
    }
    return tally;
  }

  private static void assertSame(SlowLog judge, SlowLog one, SlowLog other, String message) {
    assertEquals(texts(one.kept()), texts(other.kept()), message);
    assertEquals(one.held(), other.held(), message);
    assertEquals(judge.mattering(one.s0()), judge.mattering(other.s0()), message);
  }

  private static List<String> texts(List<EventId> ids) {
    return ids.stream().map(EventId::text).toList();
  }

  @Test
  @Proves({"ORDER-4", "ORDER-13", "ORDER-14", "ORDER-15"})
  void mergingInAnyOrder_givesWhatAllTogetherGive() {
    Tally tally = mergeAll(0, SEEDS);
    assertTrue(tally.dropped() > SEEDS, "dropped: " + tally);
    assertTrue(tally.forks() > SEEDS, "forks: " + tally);
    assertTrue(tally.voids() > SEEDS / 2, "void: " + tally);
    assertTrue(tally.acknowledged() > SEEDS, "acknowledged: " + tally);
  }

  @Test
  @Proves("ORDER-14")
  void keysOfTwoPrincipals_peersThatGoOnMerging_agree() {
    int forks = 0;
    for (int seed = 0; seed < STRANGE_SEEDS; seed++) {
      Seeded random = new Seeded(seed);
      Recipe recipe = new Recipe(40, 3, 2, 2, false, 3, 15, true);
      EventGraph graph = EventGraph.random(random, recipe);
      Parts parts = Parts.of(graph, random.fork("parts"));
      SlowLog first = parts.merged(0, 1, 2);
      SlowLog last = parts.merged(2, 1, 0);
      SlowLog both = first.merge(last);
      assertSame(both, both, last.merge(first), "seed " + seed);
      assertSame(both, both, both.merge(first), "seed " + seed);
      assertSame(both, both, both.merge(parts.parts().get(1)), "seed " + seed);
      forks += both.s0().size();
    }
    assertTrue(forks > STRANGE_SEEDS, "forks: " + forks);
  }

  @Test
  @Proves("ORDER-14")
  void held_isClosed_holdsWhatIsKept_andComesToTheSameByItself() {
    for (int seed = 0; seed < STRANGE_SEEDS; seed++) {
      Seeded random = new Seeded(seed);
      EventGraph graph = EventGraph.random(random, Recipe.fenced(random));
      SlowLog log = SlowLog.of(graph.topic(), graph.events(), graph.someProofs(random));
      assertTrue(log.held().containsAll(log.kept()), "seed " + seed);
      for (EventId id : log.held()) {
        assertTrue(log.held().containsAll(log.event(id).header().parents()), "seed " + seed);
      }
      assertSame(log, log, log.merge(log), "seed " + seed);
    }
  }

  @Test
  @Proves({"ORDER-4", "ORDER-10", "ORDER-11", "ORDER-12", "ORDER-13", "ORDER-14"})
  void stories_loseAndDropWhatTheyTell() {
    for (KeptStories.Told told : KeptStories.all()) {
      SlowLog log = told.story().reference();
      assertEquals(told.story().events().size(), log.valid().size(), told.name());
      assertEquals(told.lost(), told.story().without(log.kept()), told.name());
      assertEquals(told.dropped(), told.story().without(log.held()), told.name());
    }
  }

  @Test
  @Proves({"ORDER-4", "ORDER-15"})
  void s0_isFromEventsOrProofs_andChangesNothingPastAFence() {
    SlowLog proved = KeptStories.named("a fork known from a proof alone").story().reference();
    assertEquals(List.of(2L), List.copyOf(proved.s0().values()));
    assertEquals(proved.s0(), proved.mattering(proved.s0()));
    SlowLog fenced = KeptStories.named("a fork past a fence").story().reference();
    assertEquals(List.of(3L), List.copyOf(fenced.s0().values()));
    assertTrue(fenced.mattering(fenced.s0()).isEmpty());
    assertFalse(fenced.proofs().isEmpty());
  }

  @Test
  @Proves({"ORDER-4", "ORDER-10", "ORDER-11", "ORDER-12", "ORDER-13", "ORDER-14"})
  void vectors_ofTheSpecification_hold() {
    List<KeptVectors.Case> cases = KeptVectors.read();
    assertTrue(cases.size() > KeptStories.all().size());
    for (KeptVectors.Case each : cases) {
      SlowLog log = SlowLog.of(each.topic(), each.events(), each.proofs());
      assertEquals(each.kept(), log.kept(), each.name());
      assertEquals(new TreeSet<>(each.held()), log.held(), each.name());
      assertEquals(each.s0(), log.s0(), each.name());
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Disturbed;
import org.myrhiza.log.ForkRecords;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Source;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.SlowLog;
import org.myrhiza.testkit.suite.Proves;

/** The log against the reference: which events are kept and held, in any order of arrival. */
public final class StandingSuite {
  private static final int SEEDS = 200;
  private static final int CROWDS = 80;
  private static final Source LINK = new Source(1);

  /** Made once per test. */
  public StandingSuite() {}

  private static EventGraph graph(int seed) {
    Seeded random = new Seeded(seed);
    return EventGraph.random(random, EventGraph.Recipe.fenced(random));
  }

  /** A log that hears of events and proofs, what it heard, and what it said of its kept events. */
  private static final class Hearer {
    Log log;
    final List<Event> events = new ArrayList<>();
    final List<ForkProof> proofs = new ArrayList<>();
    final List<EventId> told = new ArrayList<>();
    final TreeSet<EventId> toldForked = new TreeSet<>();

    Hearer(EventGraph graph) {
      log = Log.empty(graph.topic());
    }

    void hear(Event event) {
      Deliveries.deliver(log, event, LINK);
      events.add(event);
    }

    /** Learns what the log takes: proofs about keys that it knows. */
    void hear(ForkProof proof) {
      KnownFork fork = new KnownFork(proof.first().signer(), proof.first().seq());
      if (log.chain(fork.key()) != null) {
        log.learn(proof);
        proofs.add(proof);
      }
    }

    /** Comes back with what is stored: events in canonical order, then proofs. */
    void restart() {
      listen();
      TreeMap<Bytes, Bytes> entries = new TreeMap<>();
      for (Event event : events) {
        LogEntry entry = log.get(event.id());
        if (entry != null) {
          Deliveries.persist(log, List.of(Deliveries.stored(log, entry)), entries);
        }
      }
      TreeMap<Bytes, Bytes> forks = new TreeMap<>();
      for (KnownFork fork : log.forks()) {
        ForkProof proof = log.proof(fork.key());
        forks.put(ForkRecords.key(log.topic(), fork.key()), ForkRecords.value(proof));
      }
      assertTrue(entries.isEmpty() || entries.firstKey().startsWith(LogRecords.from(log.topic())));
      log = Log.empty(log.topic());
      entries.forEach((key, value) -> log.stored().restore(key, value).orThrow());
      forks.forEach((key, value) -> log.stored().restoreProof(key, value).orThrow());
      log.stored().restored();
    }

    /** Brings what was told up to date from the place on that the log names. */
    void listen() {
      Optional<Disturbed> change = log.takeDisturbed();
      int before = change.map(Disturbed::from).map(log::keptBefore).orElse(log.keptSize());
      while (told.size() > before) {
        toldForked.remove(told.removeLast());
      }
      for (int i = told.size(); i < log.keptSize(); i++) {
        askForked(log.keptAt(i));
        told.add(log.keptAt(i).id());
      }
      List<PublicKey> forked = log.takeForked();
      for (int i = 0; i < before && !forked.isEmpty(); i++) {
        if (forked.contains(log.keptAt(i).signer())) {
          askForked(log.keptAt(i));
        }
      }
    }

    private void askForked(LogEntry entry) {
      toldForked.remove(entry.id());
      if (log.isForked(entry)) {
        toldForked.add(entry.id());
      }
    }
  }

  private static void assertAgree(SlowLog slow, Log log, String message) {
    assertEquals(slow.mattering(slow.s0()), forks(log), message);
    assertSameEvents(slow, log, message);
  }

  private static void assertSameEvents(SlowLog slow, Log log, String message) {
    List<EventId> kept = new ArrayList<>();
    for (int i = 0; i < log.keptSize(); i++) {
      LogEntry entry = log.keptAt(i);
      assertTrue(log.isKept(entry.id()), message);
      assertEquals(i, log.keptBefore(entry.place()), message);
      kept.add(entry.id());
    }
    assertEquals(texts(slow.kept()), texts(kept), message);
    List<EventId> held = new ArrayList<>();
    log.page(0, Integer.MAX_VALUE).forEach(entry -> held.add(entry.id()));
    List<EventId> expected = new ArrayList<>(slow.order());
    expected.retainAll(slow.held());
    assertEquals(texts(expected), texts(held), message);
    assertEquals(texts(heads(slow)), texts(log.heads()), message);
  }

  private static Map<PublicKey, Long> forks(Log log) {
    TreeMap<PublicKey, Long> forks = new TreeMap<>();
    for (PublicKey key : log.forkedKeys()) {
      log.forkSeq(key).ifPresent(seq -> forks.put(key, seq));
    }
    return forks;
  }

  /** The kept events that no other kept event has in its past. */
  private static List<EventId> heads(SlowLog slow) {
    TreeSet<EventId> heads = new TreeSet<>(slow.kept());
    slow.kept().forEach(id -> heads.removeAll(slow.rules().past(id)));
    return List.copyOf(heads);
  }

  private static List<String> texts(List<EventId> ids) {
    return ids.stream().map(EventId::text).toList();
  }

  @Test
  @Proves({"ORDER-4", "ORDER-13", "ORDER-14"})
  void anyOrderOfArrival_givesWhatTheReferenceKeepsAndHolds() {
    agreeAll(0, SEEDS);
  }

  /** Checks random topics in random orders of arrival; returns how many events were dropped. */
  public static int agreeAll(int firstSeed, int seeds) {
    int dropped = 0;
    int halfway = 0;
    for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
      EventGraph graph = graph(seed);
      Seeded how = new Seeded(seed).fork("arrival");
      Hearer hearer = new Hearer(graph);
      List<ForkProof> proofs = new ArrayList<>(graph.someProofs(how));
      for (Event event : graph.shuffled(how)) {
        hearer.hear(event);
        if (!proofs.isEmpty() && how.chance(1, 4)) {
          hearer.hear(proofs.removeLast());
        }
        if (how.chance(1, 8)) {
          SlowLog slow = SlowLog.of(graph.topic(), hearer.events, hearer.proofs);
          assertAgree(slow, hearer.log, "seed " + seed + " after " + hearer.events.size());
          halfway++;
        }
        if (how.chance(1, 3)) {
          hearer.listen();
        }
      }
      proofs.forEach(hearer::hear);
      SlowLog slow = SlowLog.of(graph.topic(), hearer.events, hearer.proofs);
      assertAgree(slow, hearer.log, "seed " + seed);
      hearer.listen();
      assertEquals(texts(slow.kept()), texts(hearer.told), "told, seed " + seed);
      TreeSet<EventId> forked = new TreeSet<>(slow.kept());
      forked.removeIf(id -> !hearer.log.isForked(entry(hearer.log, id)));
      assertEquals(forked, hearer.toldForked, "told forked, seed " + seed);
      dropped += slow.valid().size() - slow.held().size();
    }
    assertTrue(dropped > seeds, "events dropped: " + dropped);
    assertTrue(halfway > seeds, "comparisons on the way: " + halfway);
    return dropped;
  }

  private static LogEntry entry(Log log, EventId id) {
    LogEntry entry = log.get(id);
    if (entry == null) {
      throw new IllegalArgumentException("not here: " + id.text());
    }
    return entry;
  }

  @Test
  @Proves("ORDER-13")
  void restart_findsTheSame() {
    for (int seed = 0; seed < SEEDS; seed++) {
      EventGraph graph = graph(seed);
      Seeded how = new Seeded(seed).fork("restart");
      Hearer hearer = new Hearer(graph);
      graph.shuffled(how).forEach(hearer::hear);
      graph.someProofs(how).forEach(hearer::hear);
      hearer.restart();
      SlowLog slow = SlowLog.of(graph.topic(), hearer.events, hearer.proofs);
      assertAgree(slow, hearer.log, "seed " + seed);
    }
  }

  @Test
  @Proves("ORDER-14")
  void whatIsNotHeld_isDropped_andCountsForNothingWhenItComesAgain() {
    int dropped = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      EventGraph graph = graph(seed);
      Seeded how = new Seeded(seed).fork("dropping");
      Hearer hearer = new Hearer(graph);
      PublicKey own = how.pick(graph.events()).header().signer();
      for (Event event : graph.shuffled(how)) {
        hearer.hear(event);
        if (how.chance(1, 6)) {
          hearer.listen();
          dropped += hearer.log.dropUnheld(List.of(own), 0).size();
          assertEquals(Optional.empty(), hearer.log.takeDisturbed(), "seed " + seed);
        }
      }
      graph.someProofs(how).forEach(hearer::hear);
      graph.events().forEach(hearer::hear);
      SlowLog slow = SlowLog.of(graph.topic(), hearer.events, hearer.proofs);
      assertAgree(slow, hearer.log, "seed " + seed);
      hearer.log.dropUnheld(List.of(), 0);
      assertTrue(hearer.log.size() - hearer.log.held() <= hearer.log.held() / 8, "seed " + seed);
      assertSameEvents(slow, hearer.log, "after dropping, seed " + seed);
    }
    assertTrue(dropped > SEEDS, "events dropped: " + dropped);
  }

  @Test
  @Proves("ORDER-4")
  void proofThatNobodyTookYet_outlivesADrop() {
    int outlived = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      EventGraph graph = graph(seed);
      Log dropping = Log.empty(graph.topic());
      Log keeping = Log.empty(graph.topic());
      Deliveries.deliverAll(dropping, graph.events(), LINK);
      Deliveries.deliverAll(keeping, graph.events(), LINK);
      int dropped = dropping.dropUnheld(List.of(), 0).size();
      List<ForkProof> proofs = dropping.takeProofs();
      assertEquals(keeping.takeProofs(), proofs, "seed " + seed);
      outlived += dropped == 0 ? 0 : proofs.size();
    }
    assertTrue(outlived > SEEDS / 4, "proofs: " + outlived);
  }

  /** Nearly everybody cheats, so that many chains in dispute acknowledge one another. */
  private static EventGraph crowd(int seed) {
    Seeded random = new Seeded(seed).fork("crowd");
    int cheats = 4 + random.nextInt(8);
    int fences = random.pick(List.of(0, 5, 15, 40));
    EventGraph.Recipe recipe =
        new EventGraph.Recipe(
            40 + random.nextInt(60),
            1,
            cheats,
            1 + random.nextInt(2),
            random.nextBoolean(),
            random.nextInt(5),
            fences,
            random.chance(1, 3));
    return EventGraph.random(random, recipe);
  }

  @Test
  @Proves({"ORDER-13", "ORDER-14"})
  void manyChainsInDispute_withRestartsAndDrops_agreeWithTheReference() {
    int forks = 0;
    int acknowledged = 0;
    for (int seed = 0; seed < CROWDS; seed++) {
      EventGraph graph = crowd(seed);
      Seeded how = new Seeded(seed).fork("crowd arrival");
      Hearer hearer = new Hearer(graph);
      List<ForkProof> proofs = new ArrayList<>(graph.someProofs(how));
      for (Event event : graph.shuffled(how)) {
        hearer.hear(event);
        if (!proofs.isEmpty() && how.chance(1, 6)) {
          hearer.hear(proofs.removeLast());
        }
        if (how.chance(1, 4)) {
          hearer.listen();
        }
        if (how.chance(1, 20)) {
          hearer.listen();
          hearer.log.dropUnheld(List.of(), 0);
        }
        if (how.chance(1, 20)) {
          hearer.restart();
        }
      }
      proofs.forEach(hearer::hear);
      graph.events().forEach(hearer::hear);
      SlowLog slow = SlowLog.of(graph.topic(), hearer.events, hearer.proofs);
      assertSameEvents(slow, hearer.log, "crowd " + seed);
      hearer.listen();
      assertEquals(texts(slow.kept()), texts(hearer.told), "told, crowd " + seed);
      forks += slow.s0().size();
      acknowledged += (int) slow.kept().stream().filter(slow.rules()::isSuspect).count();
    }
    assertTrue(forks > 4 * CROWDS, "forks: " + forks);
    assertTrue(acknowledged > 4 * CROWDS, "acknowledged: " + acknowledged);
  }

  @Test
  @Proves({"ORDER-10", "ORDER-11", "ORDER-12", "ORDER-13", "ORDER-14", "ORDER-15"})
  void vectors_ofTheSpecification_hold() {
    for (KeptVectors.Case told : KeptVectors.read()) {
      Log log = Log.empty(told.topic());
      Deliveries.deliverAll(log, told.events(), LINK);
      told.proofs().forEach(log::learn);
      List<EventId> kept = new ArrayList<>();
      for (int i = 0; i < log.keptSize(); i++) {
        kept.add(log.keptAt(i).id());
      }
      assertEquals(texts(told.kept()), texts(kept), told.name());
      TreeSet<EventId> held = new TreeSet<>();
      log.page(0, log.held()).forEach(entry -> held.add(entry.id()));
      assertEquals(texts(told.held()), texts(List.copyOf(held)), told.name());
    }
  }
}

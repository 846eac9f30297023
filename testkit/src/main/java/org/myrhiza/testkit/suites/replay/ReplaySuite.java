// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Comparison;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.PreCheck;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.ReplayRecords;
import org.myrhiza.replay.SkipRule;
import org.myrhiza.replay.Verdict;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StateRecords;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.SlowReplay;
import org.myrhiza.testkit.graph.ToyApp;
import org.myrhiza.testkit.suite.Proves;

/** The same events give the same verdicts, state and digest, whatever happened on the way. */
public final class ReplaySuite {
  private static final int SEEDS = 60;
  private static final int[] WINDOWS = {2, 7, org.myrhiza.replay.Limits.WINDOW};
  private static final long[] VALUES = {0, 40, Long.MAX_VALUE};
  private static final Source LINK = new Source(1);
  private static final ToyApp APP = new ToyApp();
  private static final ApplyLimits LIMITS = ApplyLimits.of(260_000);
  private static final ApplyLimits SMALL_STEPS = new ApplyLimits(260_000, 1);

  /** Made once per test. */
  public ReplaySuite() {}

  private static EventGraph graph(int seed) {
    Seeded random = new Seeded(seed);
    return EventGraph.random(random, 20 + random.nextInt(40), 3, 2);
  }

  private static void assertAgree(SlowReplay slow, Peer peer, String message) {
    Log log = peer.log;
    Replay replay = peer.replay;
    assertTrue(replay.caughtUp(), message);
    peer.persist();
    for (int i = 0; i < log.keptSize(); i++) {
      LogEntry entry = log.keptAt(i);
      Verdict verdict = peer.verdict(entry);
      assertNotNull(verdict, message);
      assertEquals(slow.verdict(entry.id()), verdict.kind(), message);
    }
    assertEquals(slow.entries(), Deliveries.entries(replay.state(), peer.store), message);
    assertEquals(slow.digest(), replay.digest(), message);
    long accepted = slow.count(Verdict.Kind.ACCEPTED);
    assertEquals(accepted, replay.counts().accepted(), message);
    long others = slow.count(Verdict.Kind.NOT_APPLIED);
    assertEquals(log.keptSize() - accepted - others, replay.counts().rejected(), message);
  }

  @Test
  @Proves({"ORDER-7", "STATE-2", "STATE-4"})
  void anyArrivalAnySlicesAnyRestarts_giveTheReferencesVerdictsAndDigest() {
    TreeMap<Verdict.Kind, Long> kinds = new TreeMap<>();
    Tally tally = new Tally();
    for (int seed = 0; seed < SEEDS; seed++) {
      EventGraph graph = graph(seed);
      SlowReplay slow = SlowReplay.of(graph, APP, LIMITS.eventFuel());
      for (Verdict.Kind kind : Verdict.Kind.values()) {
        kinds.merge(kind, slow.count(kind), Long::sum);
      }
      for (int run = 0; run < 2; run++) {
        Seeded how = new Seeded(seed).fork("run" + run);
        run(graph, slow, how, tally, "seed " + seed + " run " + run);
      }
    }
    assertTrue(tally.rollbacks > SEEDS, "rollbacks: " + tally.rollbacks);
    assertTrue(tally.reads > SEEDS, "reads of the store: " + tally.reads);
    assertTrue(tally.valueReads > 5 * SEEDS, "reads of values: " + tally.valueReads);
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      assertTrue(kinds.getOrDefault(kind, 0L) > 5, kind + " occurs: " + kinds);
    }
  }

  /** What all runs came to. */
  private static final class Tally {
    long rollbacks;
    long reads;
    long valueReads;
  }

  private static void run(
      EventGraph graph, SlowReplay slow, Seeded how, Tally tally, String message) {
    Peer peer = new Peer(graph, WINDOWS[how.nextInt(WINDOWS.length)]);
    peer.keepAtMost(VALUES[how.nextInt(VALUES.length)]);
    for (Event event : graph.shuffled(how)) {
      peer.receive(event);
      if (how.chance(1, 3)) {
        peer.provide(peer.replay.step(APP, how.nextBoolean() ? SMALL_STEPS : LIMITS));
      }
      if (how.chance(1, 5)) {
        peer.replay.digest();
      }
      if (how.chance(1, 4)) {
        peer.persist();
      }
      if (how.chance(1, 12)) {
        tally.rollbacks += peer.replay.counts().rollbacks();
        peer.persist();
        peer.restart(message);
      }
    }
    peer.finish(APP, how.nextBoolean() ? SMALL_STEPS : LIMITS);
    assertAgree(slow, peer, message);
    if (peer.window == org.myrhiza.replay.Limits.WINDOW) {
      Comparison comparison = peer.replay.compareWithReplayFromNothing(APP, LIMITS);
      assertInstanceOf(Comparison.Same.class, comparison, message);
    }
    tally.rollbacks += peer.replay.counts().rollbacks();
    peer.persist();
    peer.restart(message);
    assertTrue(peer.replay.caughtUp(), "nothing is replayed after a restart, " + message);
    assertEquals(0, peer.replay.counts().applied(), message);
    assertAgree(slow, peer, "restored, " + message);
    tally.reads += peer.reads;
    tally.valueReads += peer.valueReads;
  }

  /** A log, its replay and a store that is a map. */
  private static final class Peer {
    final EventGraph graph;
    final int window;
    final TreeMap<Bytes, Bytes> store = new TreeMap<>();
    final List<StoredEvent> unsaved = new ArrayList<>();
    Log log;
    Replay replay;
    long valueBytes = Long.MAX_VALUE;
    int reads;
    int valueReads;

    Peer(EventGraph graph) {
      this(graph, org.myrhiza.replay.Limits.WINDOW);
    }

    void keepAtMost(long bytes) {
      valueBytes = bytes;
      replay.state().keepAtMost(bytes);
    }

    /** A peer that keeps few events and verdicts in memory. */
    Peer(EventGraph graph, int window) {
      this.graph = graph;
      this.window = window;
      log = freshLog();
      replay = Replay.of(log, SkipRule.SOUND, window);
    }

    private Log freshLog() {
      return window < 100
          ? Log.withBodies(graph.topic(), window * 2_000L)
          : Log.empty(graph.topic());
    }

    /** Goes on to the end, and reads of the store what that needs. */
    void finish(Applier app, ApplyLimits limits) {
      Progress progress = replay.step(app, limits);
      int steps = 0;
      while (progress instanceof Progress.More || progress instanceof Progress.Needs) {
        provide(progress);
        progress = replay.step(app, limits);
        assertTrue(++steps < 10_000, "replay does not end");
      }
      assertInstanceOf(Progress.Done.class, progress);
    }

    /** Reads what a step needs, all that it knows being written. */
    void provide(Progress progress) {
      if (progress instanceof Progress.Needs) {
        persist();
        Deliveries.provide(progress, log, replay, store);
        reads++;
        valueReads += areValues(progress) ? 1 : 0;
      }
    }

    private boolean areValues(Progress progress) {
      return progress instanceof Progress.Needs(List<Bytes> keys)
          && keys.getFirst().startsWith(StateRecords.from(graph.topic()));
    }

    void receive(Event event) {
      unsaved.addAll(Deliveries.deliver(log, event, LINK));
      log.takeDisturbed().ifPresent(change -> replay.disturbed(change.from(), change.to()));
      log.takeForked().forEach(replay::forked);
    }

    /** A verdict, in memory or stored. */
    @Nullable Verdict verdict(LogEntry entry) {
      Bytes stored = store.get(ReplayRecords.key(log.topic(), entry.place()));
      Verdict known = replay.verdict(entry.id());
      return known != null || stored == null
          ? known
          : ReplayRecords.verdict(entry, stored).orThrow();
    }

    void persist() {
      Deliveries.persist(log, unsaved, store);
      unsaved.clear();
      Deliveries.persist(replay, store);
    }

    void restart(String message) {
      List<Event> waiting = new ArrayList<>(graph.events());
      waiting.removeIf(event -> log.contains(event.id()) || isFresh(event));
      log = freshLog();
      replay = Replay.of(log, SkipRule.SOUND, window);
      between(LogRecords.from(graph.topic()), LogRecords.to(graph.topic()))
          .forEach((key, value) -> assertTrue(log.stored().restore(key, value).isOk(), message));
      log.stored().restored();
      replay.state().keepAtMost(valueBytes);
      between(ReplayRecords.from(graph.topic()), ReplayRecords.to(graph.topic()))
          .forEach((key, value) -> assertTrue(replay.restoreVerdict(key, value).isOk(), message));
      between(StateRecords.from(graph.topic()), StateRecords.to(graph.topic()))
          .forEach((key, value) -> assertTrue(replay.restoreState(key, value).isOk(), message));
      replay.restored();
      waiting.forEach(this::receive);
    }

    private boolean isFresh(Event event) {
      return log.examine(event) instanceof org.myrhiza.log.Examined.Fresh;
    }

    private java.util.SortedMap<Bytes, Bytes> between(Bytes from, Bytes to) {
      return store.subMap(from, to);
    }
  }

  /** Reads all that was written before and writes some more: entries of a kilobyte each. */
  private static Outcome readAll(Overlay state, Delivery event, long fuel) {
    int seen = event.tag();
    Bytes from = Bytes.EMPTY;
    int entries = 0;
    List<StateEntry> page = state.scan(from, null, 50);
    while (!page.isEmpty()) {
      for (StateEntry entry : page) {
        seen = 31 * seen + entry.key().at(3) + entry.value().at(0);
      }
      entries += page.size();
      from = page.getLast().key().plus(Bytes.of(0));
      page = state.scan(from, null, 50);
    }
    for (int i = 0; i < 10; i++) {
      Bytes key = Bytes.of(i).plus(event.id().bytes().slice(0, 4));
      state.put(key, Bytes.of(seen & 0xff).plus(Bytes.zeros(1_000)));
    }
    return entries > 300
        ? new Outcome.Rejected(entries + " are enough", 1)
        : new Outcome.Accepted(1);
  }

  /** Goes on to the end with an event in each step, after each of which values may go. */
  private static void finishSaving(Peer peer) {
    Progress progress = new Progress.More();
    for (int steps = 0; !(progress instanceof Progress.Done); steps++) {
      assertTrue(steps < 10_000, "replay does not end");
      progress = peer.replay.step(ReplaySuite::readAll, SMALL_STEPS);
      peer.persist();
      peer.provide(progress);
    }
  }

  @Test
  void anApplyThatNeedsMoreThanIsKept_goesThrough() {
    EventGraph graph = EventGraph.random(new Seeded(5), 50, 3, 0);
    List<Peer> peers = new ArrayList<>();
    for (long keeps : new long[] {0, 10_000, Long.MAX_VALUE}) {
      Peer peer = new Peer(graph, 7);
      peer.keepAtMost(keeps);
      Seeded how = new Seeded(6);
      for (Event event : graph.shuffled(how)) {
        peer.receive(event);
        if (how.chance(1, 5)) {
          finishSaving(peer);
        }
      }
      finishSaving(peer);
      assertTrue(peer.replay.state().valueBytesHeld() <= keeps);
      assertTrue(peer.replay.state().bytes() > 100_000);
      peers.add(peer);
    }
    Peer whole = peers.getLast();
    assertEquals(0, whole.valueReads);
    for (Peer peer : peers) {
      assertEquals(whole.replay.digest(), peer.replay.digest());
      assertEquals(whole.replay.counts().rejected(), peer.replay.counts().rejected());
      assertEquals(whole.store, peer.store, "verdicts, fuel, reads, old values");
    }
    assertTrue(peers.getFirst().valueReads > 500, "reads: " + peers.getFirst().valueReads);
  }

  @Test
  @Proves("ORDER-7")
  void hostFailure_stopsThereAndIsNoVerdict() {
    EventGraph graph = EventGraph.random(new Seeded(12), 30, 3, 0);
    Peer peer = new Peer(graph);
    graph.events().forEach(peer::receive);
    EventId failing = appEvent(peer.log, 2).id();
    Applier broken =
        (state, event, fuel) -> {
          Outcome outcome = APP.apply(state, event, fuel);
          return event.id().equals(failing) ? new Outcome.HostFailure("no memory") : outcome;
        };
    Progress.Stalled stalled =
        assertInstanceOf(Progress.Stalled.class, peer.replay.step(broken, LIMITS));
    assertEquals(failing, stalled.event());
    assertEquals("no memory", stalled.reason());
    assertNull(peer.replay.verdict(failing));
    assertFalse(peer.replay.caughtUp());
    Bytes before = peer.replay.digest();
    assertInstanceOf(Progress.Stalled.class, peer.replay.step(broken, LIMITS));
    assertEquals(before, peer.replay.digest());
    peer.finish(APP, LIMITS);
    assertAgree(SlowReplay.of(graph, APP, LIMITS.eventFuel()), peer, "after the retry");
  }

  private static LogEntry appEvent(Log log, int number) {
    int left = number;
    for (int i = 0; i < log.keptSize(); i++) {
      LogEntry entry = log.keptAt(i);
      Event event = Deliveries.event(log, entry);
      if (Delivery.of(event.header(), event.payload(), entry.principal()).isPresent()
          && entry.kind() == EventKind.APP
          && left-- == 0) {
        return entry;
      }
    }
    throw new IllegalStateException("no such event");
  }

  @Test
  void step_startsNoCallAfterItsFuel() {
    EventGraph graph = EventGraph.random(new Seeded(13), 40, 3, 0);
    Peer peer = new Peer(graph);
    graph.events().forEach(peer::receive);
    int[] calls = {0};
    Applier counting =
        (state, event, fuel) -> {
          calls[0]++;
          return new Outcome.Accepted(100);
        };
    ApplyLimits limits = new ApplyLimits(1_000, 250);
    assertInstanceOf(Progress.More.class, peer.replay.step(counting, limits));
    assertEquals(3, calls[0]);
  }

  @Test
  @Proves("ORDER-7")
  void budget_firstAppEventOfAPrincipalIsLess_creationIsNot() {
    EventGraph graph = EventGraph.random(new Seeded(14), 60, 3, 0);
    Peer peer = new Peer(graph);
    graph.events().forEach(peer::receive);
    TreeMap<Bytes, List<Long>> budgets = new TreeMap<>();
    Applier recording =
        (state, event, fuel) -> {
          budgets.computeIfAbsent(event.principal().bytes(), any -> new ArrayList<>()).add(fuel);
          return new Outcome.Accepted(1);
        };
    peer.finish(recording, ApplyLimits.of(1_000_000));
    Bytes founder = peer.log.at(0).principal().bytes();
    assertTrue(budgets.size() > 1);
    budgets.forEach((principal, seen) -> {
      long first = principal.equals(founder) ? 1_000_000 : 250_000;
      assertEquals(first, seen.getFirst());
      seen.subList(1, seen.size()).forEach(later -> assertEquals(1_000_000, later));
    });
  }

  @Test
  @Proves({"STATE-2", "STATE-3"})
  void passedLimit_isARejection_whateverTheGuestSays() {
    EventGraph graph = EventGraph.random(new Seeded(15), 20, 2, 0);
    Peer peer = new Peer(graph);
    graph.events().forEach(peer::receive);
    Applier greedy =
        (state, event, fuel) -> {
          state.put(Bytes.of(1), Bytes.of(2));
          state.put(Bytes.of(2), Bytes.zeros(64 * 1024 + 1));
          return new Outcome.Accepted(1);
        };
    peer.finish(greedy, LIMITS);
    assertEquals(0, peer.replay.state().entries());
    Verdict verdict = peer.replay.verdict(peer.log.at(0).id());
    assertNotNull(verdict);
    assertEquals(Verdict.Kind.REJECTED, verdict.kind());
    assertTrue(verdict.reason().startsWith("limit: "), verdict.reason());
  }

  @Test
  void preCheck_leavesNoTrace() {
    EventGraph graph = EventGraph.random(new Seeded(16), 30, 3, 0);
    Peer peer = new Peer(graph);
    graph.events().forEach(peer::receive);
    LogEntry some = appEvent(peer.log, 0);
    Event copied = Deliveries.event(peer.log, some);
    Delivery delivery =
        Delivery.of(copied.header(), copied.payload(), some.principal()).orElseThrow();
    assertInstanceOf(PreCheck.NotReady.class, peer.replay.preCheck(APP, delivery, LIMITS));
    peer.finish(APP, LIMITS);
    peer.persist();
    Bytes before = peer.replay.digest();
    Applier writing =
        (state, event, fuel) -> {
          state.put(Bytes.of(1), Bytes.of(2));
          return new Outcome.Accepted(7);
        };
    assertEquals(new PreCheck.Passed(7), peer.replay.preCheck(writing, delivery, LIMITS));
    Applier refusing = (state, event, fuel) -> new Outcome.Rejected("no", 1);
    assertInstanceOf(PreCheck.Refused.class, peer.replay.preCheck(refusing, delivery, LIMITS));
    Applier failing = (state, event, fuel) -> new Outcome.HostFailure("bug");
    assertInstanceOf(PreCheck.HostFailed.class, peer.replay.preCheck(failing, delivery, LIMITS));
    assertEquals(before, peer.replay.digest());
    assertEquals(List.of(), peer.replay.drain().writes());
  }

  @Test
  @Proves("STATE-7")
  void storedVerdict_thatIsDamaged_isRefused() {
    EventGraph graph = EventGraph.random(new Seeded(17), 10, 2, 0);
    Peer peer = new Peer(graph);
    graph.events().forEach(peer::receive);
    peer.finish(APP, LIMITS);
    peer.persist();
    var stored = peer.between(ReplayRecords.from(graph.topic()), ReplayRecords.to(graph.topic()));
    Bytes key = stored.firstKey();
    Bytes value = stored.getOrDefault(key, Bytes.EMPTY);
    Replay fresh = Replay.of(peer.log);
    for (int i = 0; i < value.size(); i++) {
      assertFalse(fresh.restoreVerdict(key, value.slice(0, i)).isOk(), "cut to " + i);
    }
    assertFalse(fresh.restoreVerdict(key, value.plus(Bytes.of(0))).isOk());
    for (int i = 0; i < key.size(); i++) {
      Bytes flipped =
          Bytes.concat(key.slice(0, i), Bytes.of(key.at(i) ^ 1), key.slice(i + 1, key.size()));
      assertFalse(fresh.restoreVerdict(flipped, value).isOk(), "byte " + i);
    }
    assertEquals(0, fresh.materialised());
    assertTrue(fresh.restoreVerdict(key, value).isOk());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;
import org.myrhiza.log.LogEntry;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Comparison;
import org.myrhiza.replay.Counts;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Mark;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.ReplayRecords;
import org.myrhiza.replay.SkipRule;
import org.myrhiza.replay.Verdict;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StateRecords;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.MarkedToys;
import org.myrhiza.testkit.graph.ReadingApp;
import org.myrhiza.testkit.graph.SlowReplay;
import org.myrhiza.testkit.graph.ToyOrder;
import org.myrhiza.testkit.suite.Proves;

/**
 * Replay that skips against a replay from nothing: events kept, no longer kept and kept again, keys
 * whose forks are found late, interruptions, restarts, records of reads that are too small. And
 * each way to skip unsoundly, which has to be found out.
 */
public final class SkipSuite {
  private static final int SEEDS = 400;
  private static final int CHECKED_SEEDS = 100;
  private static final int UNSOUND_SEEDS = 200;
  private static final int EVENTS = 24;
  private static final int ROUNDS = 8;
  private static final ReadingApp APP = new ReadingApp();
  private static final ApplyLimits LIMITS = ApplyLimits.of(300_000);
  private static final ApplyLimits SMALL_STEPS = new ApplyLimits(300_000, 1);
  private static final int[] RECORDS = {0, 1, 3, 256};
  private static final long[] VALUES = {0, 9, Long.MAX_VALUE};
  private static final int[] WINDOWS = {1, 3, 8, org.myrhiza.replay.Limits.WINDOW};

  /** Made once per test. */
  public SkipSuite() {}

  /** What many runs came to. */
  private static final class Tally {
    int wrong;
    int differences;
    long calls;
    long skipped;
    long patches;
    long reads;
    long valueReads;
  }

  /** A replay of a changing order, with a store that is a map. */
  private static final class Peer {
    final ToyOrder order;
    final SkipRule rule;
    final int record;
    final int window;
    long valueBytes = Long.MAX_VALUE;
    final TreeMap<Bytes, Bytes> store = new TreeMap<>();
    final TreeMap<EventId, Integer> marks = new TreeMap<>();
    Replay replay;
    int reads;
    int valueReads;

    Peer(ToyOrder order, SkipRule rule, int record) {
      this(order, rule, record, org.myrhiza.replay.Limits.WINDOW);
    }

    /** One that keeps few verdicts in memory. */
    Peer(ToyOrder order, SkipRule rule, int record, int window) {
      this.order = order;
      this.rule = rule;
      this.record = record;
      this.window = window;
      replay = fresh();
    }

    /** Does a step, and reads of the store what it needs, all that is known being written. */
    Progress step(Applier app, ApplyLimits limits) {
      Progress progress = replay.step(app, limits);
      if (progress instanceof Progress.Needs) {
        persist();
        Deliveries.provide(progress, order, replay, store);
        reads++;
        valueReads += areValues(progress) ? 1 : 0;
        return new Progress.More();
      }
      return progress;
    }

    private boolean areValues(Progress progress) {
      return progress instanceof Progress.Needs(List<Bytes> keys)
          && keys.getFirst().startsWith(StateRecords.from(order.topic()));
    }

    /** A verdict, in memory or stored. */
    @Nullable Verdict verdict(LogEntry entry) {
      Bytes stored = store.get(ReplayRecords.key(order.topic(), entry.place()));
      Verdict known = replay.verdict(entry.id());
      return known != null || stored == null
          ? known
          : ReplayRecords.verdict(entry, stored).orThrow();
    }

    private Replay fresh() {
      Replay made = Replay.of(order, rule, window);
      made.state().recordAtMost(record);
      made.state().keepAtMost(valueBytes);
      return made;
    }

    /** Changes a few things about the order, and tells of them one way or the other. */
    void disturb(Seeded how) {
      TreeSet<Place> changed = new TreeSet<>();
      List<LogEntry> all = order.all();
      for (int i = how.nextInt(3); i >= 0; i--) {
        LogEntry entry = all.get(1 + how.nextInt(all.size() - 1));
        if (how.chance(1, 6)) {
          Set<Place> forked = order.fork(entry);
          if (how.nextBoolean()) {
            replay.forked(entry.signer());
          } else {
            changed.addAll(forked);
          }
        } else {
          changed.add(order.keep(entry, !order.isKept(entry)));
        }
      }
      if (changed.isEmpty()) {
        return;
      }
      switch (how.nextInt(3)) {
        case 0 -> replay.disturbed(changed.getFirst());
        case 1 -> replay.disturbed(changed.getFirst(), changed.getLast());
        default -> changed.reversed().forEach(place -> replay.disturbed(place, place));
      }
    }

    void persist() {
      for (Mark mark : Deliveries.persist(replay, store)) {
        int before = marks.getOrDefault(mark.event(), 0);
        marks.put(mark.event(), (before & ~mark.mask()) | mark.bits());
      }
    }

    /** Comes back with what the store has, from results or marks, which come to the same. */
    void restart(String message, boolean fromMarks) {
      Replay other = restored(message, !fromMarks);
      replay = restored(message, fromMarks);
      assertEquals(other.caughtUp(), replay.caughtUp(), message);
      assertEquals(other.materialised(), replay.materialised(), message);
      assertEquals(other.counts(), replay.counts(), message);
    }

    /** Another with what the store has: all results, or what a log keeps of them. */
    private Replay restored(String message, boolean fromMarks) {
      Replay made = fresh();
      if (fromMarks) {
        for (Bytes key : made.restoreMarks(new MarkedToys(order, marks))) {
          Bytes patch = store.get(key);
          assertTrue(patch != null && made.restoreVerdict(key, patch).isOk(), message);
        }
      } else {
        store
            .subMap(ReplayRecords.from(order.topic()), ReplayRecords.to(order.topic()))
            .forEach((key, value) -> assertTrue(made.restoreVerdict(key, value).isOk(), message));
      }
      store
          .subMap(StateRecords.from(order.topic()), StateRecords.to(order.topic()))
          .forEach((key, value) -> assertTrue(made.restoreState(key, value).isOk(), message));
      made.restored();
      return made;
    }

    long patches() {
      int size = ReplayRecords.from(order.topic()).size() + Place.KEY_BYTES;
      return store
          .subMap(ReplayRecords.from(order.topic()), ReplayRecords.to(order.topic()))
          .keySet()
          .stream()
          .filter(key -> key.size() > size)
          .count();
    }
  }

  private static void run(int seed, SkipRule rule, Tally tally) {
    Seeded how = new Seeded(seed).fork("skip");
    ToyOrder order = ToyOrder.random(new Seeded(seed), EVENTS);
    Peer peer =
        new Peer(
            order,
            rule,
            RECORDS[how.nextInt(RECORDS.length)],
            WINDOWS[how.nextInt(WINDOWS.length)]);
    peer.valueBytes = VALUES[how.nextInt(VALUES.length)];
    peer.replay.state().keepAtMost(peer.valueBytes);
    order.all().forEach(entry -> order.keep(entry, entry.depth() == 1 || how.chance(2, 3)));
    String message = "seed " + seed;
    for (int round = 0; round < ROUNDS; round++) {
      peer.disturb(how);
      for (int i = how.nextInt(8); i > 0; i--) {
        peer.step(APP, SMALL_STEPS);
        if (how.chance(1, 3)) {
          peer.persist();
          tally.patches += peer.patches();
        }
        if (how.chance(1, 5)) {
          peer.disturb(how);
        }
        if (how.chance(1, 10)) {
          tally.calls += peer.replay.counts().applied();
          tally.skipped += peer.replay.counts().skipped();
          peer.restart(message, how.nextBoolean());
        }
      }
      finish(peer);
      if (!agrees(peer, message, !rule.equals(SkipRule.SOUND) && !rule.check())) {
        tally.wrong++;
        return;
      }
    }
    Counts counts = peer.replay.counts();
    tally.calls += counts.applied();
    tally.skipped += counts.skipped();
    tally.differences += peer.replay.differences().size();
    tally.reads += peer.reads;
    tally.valueReads += peer.valueReads;
    if (rule.equals(SkipRule.SOUND) || rule.check()) {
      peer.persist();
      assertEquals(0, peer.patches(), message);
      assertStored(peer, message);
    }
  }

  private static void finish(Peer peer) {
    finish(peer, APP);
  }

  private static void finish(Peer peer, Applier app) {
    Progress progress = peer.step(app, LIMITS);
    for (int steps = 0; progress instanceof Progress.More; steps++) {
      assertTrue(steps < 10_000, "replay does not end");
      progress = peer.step(app, LIMITS);
    }
    assertInstanceOf(Progress.Done.class, progress);
  }

  /** Whether all is as from nothing; without leave to differ, a difference fails the test. */
  private static boolean agrees(Peer peer, String message, boolean mayDiffer) {
    SlowReplay slow = SlowReplay.of(peer.order, APP, LIMITS.eventFuel());
    peer.persist();
    List<StateEntry> entries = Deliveries.entries(peer.replay.state(), peer.store);
    boolean same = slow.entries().equals(entries);
    for (LogEntry entry : peer.order.all()) {
      Verdict verdict = peer.verdict(entry);
      if (!peer.order.isKept(entry)) {
        assertNull(verdict, message);
      } else {
        assertNotNull(verdict, message);
        same &= slow.verdict(entry.id()) == verdict.kind();
      }
    }
    if (mayDiffer) {
      return same;
    }
    assertEquals(slow.entries(), entries, message);
    assertTrue(same, message);
    assertEquals(slow.count(Verdict.Kind.ACCEPTED), peer.replay.counts().accepted(), message);
    return true;
  }

  /** Digest, undo entries and reads are those of a replay from nothing, and so is the store. */
  private static void assertStored(Peer peer, String message) {
    SlowReplay slow = SlowReplay.of(peer.order, APP, LIMITS.eventFuel());
    assertEquals(slow.digest(), peer.replay.digest(), message);
    Comparison comparison = peer.replay.compareWithReplayFromNothing(APP, LIMITS);
    assertInstanceOf(Comparison.Same.class, comparison, () -> message + ": " + comparison);
    Peer fresh = new Peer(peer.order, SkipRule.SOUND, peer.record);
    finish(fresh);
    fresh.persist();
    assertEquals(List.copyOf(fresh.store.entrySet()), List.copyOf(peer.store.entrySet()), message);
    peer.restart(message, true);
    assertTrue(peer.replay.caughtUp(), "nothing is left to do after a restart, " + message);
  }

  @Test
  @Proves("STATE-8")
  void soundSkipping_isAsAReplayFromNothing() {
    skipAll(0, SEEDS);
  }

  /**
   * Skips soundly with many seeds; fails where a replay from nothing comes to something else.
   *
   * @return what was skipped, called, patched and read, the same text on every stack
   */
  public static String skipAll(int first, int count) {
    Tally tally = new Tally();
    for (int seed = first; seed < first + count; seed++) {
      run(seed, SkipRule.SOUND, tally);
    }
    assertTrue(tally.skipped > count * 20L, tally.skipped + " skipped");
    assertTrue(tally.calls > count * 20L, tally.calls + " calls");
    assertTrue(tally.patches > count / 4, tally.patches + " stored patches");
    assertTrue(tally.reads > count, tally.reads + " reads of the store");
    assertTrue(tally.valueReads > 5L * count, tally.valueReads + " reads of values");
    return "skipped " + tally.skipped + ", called " + tally.calls + ", read " + tally.reads;
  }

  @Test
  @Proves("STATE-8")
  void checkedSkipping_callsForEverything_andFindsNoDifference() {
    Tally tally = new Tally();
    for (int seed = 0; seed < CHECKED_SEEDS; seed++) {
      run(seed, SkipRule.CHECKED, tally);
    }
    assertEquals(0, tally.differences);
    assertEquals(0, tally.skipped);
  }

  private static final SkipRule SOUND = SkipRule.SOUND;

  private static List<SkipRule> unsound(boolean check) {
    List<SkipRule> rules = new ArrayList<>();
    for (int left = 0; left < 6; left++) {
      rules.add(
          new SkipRule(left != 0, left != 1, left != 2, left != 3, left != 4, left != 5, check));
    }
    return rules;
  }

  @Test
  @Proves("STATE-8")
  void unsoundSkipping_isFound_whateverIsLeftOut() {
    for (SkipRule rule : unsound(false)) {
      Tally tally = new Tally();
      for (int seed = 0; seed < UNSOUND_SEEDS && tally.wrong < 2; seed++) {
        run(seed, rule, tally);
      }
      assertTrue(tally.wrong >= 2, rule + " was wrong in " + tally.wrong);
    }
    assertEquals(SOUND, new SkipRule(true, true, true, true, true, true, false));
  }

  @Test
  @Proves("STATE-8")
  void changeThatNobodyTold_isSeenAtTheNextOne_andTheResultIsRight() {
    int seen = 0;
    for (int seed = 0; seed < 40; seed++) {
      Peer peer = new Peer(ToyOrder.random(new Seeded(seed), EVENTS), SkipRule.SOUND, 256);
      finish(peer);
      List<LogEntry> all = peer.order.all();
      peer.order.keep(all.get(3), false);
      Place told = peer.order.keep(all.get(12), false);
      peer.replay.disturbed(told, told);
      finish(peer);
      assertTrue(agrees(peer, "seed " + seed, false));
      seen += peer.replay.differences().size();
    }
    assertEquals(40, seen);
  }

  @Test
  @Proves("STATE-8")
  void lateEvent_thatNothingReads_callsOnce_andTouchesNothingElse() {
    ToyOrder order = ToyOrder.random(new Seeded(4), 200, 100_000, 1_000);
    Peer peer = new Peer(order, SkipRule.SOUND, 256);
    Replay replay = peer.replay;
    Applier posts =
        (state, event, fuel) -> {
          state.put(event.id().bytes().slice(0, 8), Bytes.EMPTY);
          return new Outcome.Accepted(1);
        };
    LogEntry late = order.all().get(20);
    order.keep(late, false);
    finish(peer, posts);
    long calls = replay.counts().applied();
    replay.drain();
    Place place = order.keep(late, true);
    replay.disturbed(place, place);
    finish(peer, posts);
    assertEquals(calls + 1, replay.counts().applied());
    assertTrue(replay.counts().accepted() > 150, "events are accepted");
    List<EventId> verdicts = replay.drain().verdicts();
    assertEquals(List.of(late.id()), verdicts);
  }

  @Test
  @Proves("STATE-8")
  void hostFailure_inARerun_stopsThere_andTheNextStepGoesOn() {
    ToyOrder order = ToyOrder.random(new Seeded(5), EVENTS);
    Peer peer = new Peer(order, SkipRule.SOUND, 256);
    LogEntry late =
        order.all().stream()
            .skip(4)
            .filter(entry -> {
              Event event = Deliveries.event(order, entry);
              return Delivery.of(event.header(), event.payload(), entry.principal()).isPresent();
            })
            .findFirst()
            .orElseThrow();
    order.keep(late, false);
    finish(peer);
    Place place = order.keep(late, true);
    peer.replay.disturbed(place, place);
    Applier broken = (state, event, fuel) -> new Outcome.HostFailure("no memory");
    Progress.Stalled stalled =
        assertInstanceOf(Progress.Stalled.class, peer.replay.step(broken, LIMITS));
    assertEquals(late.id(), stalled.event());
    assertNull(peer.replay.verdict(late.id()));
    peer.persist();
    finish(peer);
    assertTrue(agrees(peer, "after the failure", false));
  }

  @Test
  @Proves("STATE-8")
  void comparison_findsWhatIsLeftOut() {
    for (SkipRule rule : unsound(true)) {
      if (!rule.undo()) {
        continue; // Whoever calls for everything has no old undo entry to leave.
      }
      Tally tally = new Tally();
      for (int seed = 0; seed < UNSOUND_SEEDS && tally.differences < 2; seed++) {
        run(seed, rule, tally);
      }
      assertTrue(tally.differences >= 2, rule + ": " + tally.differences);
    }
  }
}

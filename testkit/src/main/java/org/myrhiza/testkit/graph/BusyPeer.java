// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.log.Examined;
import org.myrhiza.log.ForkRecords;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Limits;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.ReplayRecords;
import org.myrhiza.replay.SkipRule;
import org.myrhiza.replay.Verdict;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StateRecords;
import org.myrhiza.testkit.Seeded;

/**
 * A log with a tiny waiting room, its replay, and a store that is a map: what a kernel keeps of one
 * topic, to be told things in any order and started anew at any moment.
 */
public final class BusyPeer {
  private static final int MOST_STEPS = 10_000;
  private static final long WAITING_BYTES = 20_000;

  /** Bytes of values in memory: none or two or three, but for what was read for an event. */
  private static final long VALUE_BYTES = 5;

  /** Results in memory: so few that a rerun reads its store all the time. */
  private static final int WINDOW = 3;

  private static final Source LINK = new Source(1);

  private final EventGraph graph;
  private final int waiting;
  private final TreeMap<Bytes, Bytes> store = new TreeMap<>();
  private final List<StoredEvent> unsaved = new ArrayList<>();
  private Log log;
  private Replay replay;
  private int reads;

  /**
   * A peer that knows nothing.
   *
   * @param waiting how many events may wait for others
   */
  public BusyPeer(EventGraph graph, int waiting) {
    this.graph = graph;
    this.waiting = waiting;
    log = Log.bounded(graph.topic(), waiting, WAITING_BYTES, Limits.BODY_BYTES);
    replay = freshReplay(log, waiting);
  }

  private static Replay freshReplay(Log log, int waiting) {
    Replay made = Replay.of(log, SkipRule.SOUND, WINDOW);
    made.state().keepAtMost(waiting % 2 == 0 ? 0 : VALUE_BYTES);
    return made;
  }

  /** Its log. */
  public Log log() {
    return log;
  }

  /** Its replay. */
  public Replay replay() {
    return replay;
  }

  /** Hears of an event, whose signature may be bad: then it is looked at and goes no further. */
  public void hear(Event event, boolean signed) {
    if (signed) {
      unsaved.addAll(Deliveries.deliver(log, event, LINK));
      disturbed();
    } else {
      log.examine(event);
    }
  }

  /** Learns of a fork, if it knows the key; returns whether it does. */
  public boolean hear(ForkProof proof) {
    KnownFork fork = new KnownFork(proof.first().signer(), proof.first().seq());
    if (log.chain(fork.key()) == null) {
      return false;
    }
    log.learn(proof);
    disturbed();
    return true;
  }

  private void disturbed() {
    prove();
    log.takeForked().forEach(replay::forked);
    log.takeDisturbed().ifPresent(change -> replay.disturbed(change.from(), change.to()));
  }

  /** Does some of what there is to do. */
  public void step(Applier app, ApplyLimits limits) {
    provide(replay.step(app, limits));
  }

  /** Reads of the store what a step needs, all that is new being written. */
  private void provide(Progress progress) {
    if (progress instanceof Progress.Needs) {
      persist();
      Deliveries.provide(progress, log, replay, store);
      reads++;
    }
  }

  /** Reads what proofs of forks need. */
  private void prove() {
    if (!log.stored().unproved().isEmpty()) {
      persist();
      Deliveries.prove(log, store);
    }
  }

  /** Reads all events of the store into memory, for who compares with a reference. */
  public void readAll() {
    between(LogRecords.from(log.topic()), LogRecords.to(log.topic()))
        .forEach((key, value) -> log.stored().loaded(key, value).orThrow());
  }

  /** A verdict, in memory or stored; null for an event that has none. */
  public @Nullable Verdict verdict(LogEntry entry) {
    Bytes stored = store.get(ReplayRecords.key(log.topic(), entry.place()));
    Verdict known = replay.verdict(entry.id());
    return known != null || stored == null ? known : ReplayRecords.verdict(entry, stored).orThrow();
  }

  /** The app's entries. All that is new is written first. */
  public List<StateEntry> entries() {
    persist();
    return Deliveries.entries(replay.state(), store);
  }

  /** How often it read its store. */
  public int reads() {
    return reads;
  }

  /** Does all that there is to do. */
  public void finish(Applier app, ApplyLimits limits) {
    Progress progress = replay.step(app, limits);
    for (int i = 0; progress instanceof Progress.More || progress instanceof Progress.Needs; i++) {
      if (i == MOST_STEPS) {
        throw new IllegalStateException("replay does not end");
      }
      provide(progress);
      progress = replay.step(app, limits);
    }
    if (!(progress instanceof Progress.Done)) {
      throw new IllegalStateException("replay ended with " + progress);
    }
  }

  /** Drops what it does not hold, and its records, once all is done; returns how many events. */
  public int drop(Applier app, ApplyLimits limits) {
    finish(app, limits);
    persist();
    List<LogEntry> dropped = log.dropUnheld(List.of(), 0);
    for (LogEntry gone : dropped) {
      store.remove(LogRecords.key(log.topic(), gone.place()));
    }
    Indexes.persist(log, store);
    return dropped.size();
  }

  /** Writes all that is new, as one batch. */
  public void persist() {
    Deliveries.persist(log, unsaved, store);
    unsaved.clear();
    for (ForkProof proof : log.takeProofs()) {
      store.put(ForkRecords.key(log.topic(), proof.first().signer()), ForkRecords.value(proof));
    }
    Indexes.mark(log, Deliveries.persist(replay, store));
    Indexes.persist(log, store);
  }

  /**
   * Starts anew from its store, so that what was not written is gone: from the index, if there is
   * any event.
   *
   * @throws IllegalStateException if the store does not say what it should
   */
  public void restart() {
    begin();
    boolean indexed = Indexes.restore(log, store).isOk();
    if (!indexed && !between(LogRecords.from(log.topic()), LogRecords.to(log.topic())).isEmpty()) {
      throw new IllegalStateException("the index is of no use");
    }
    goOn(indexed);
  }

  /** The same from all records, but for the index, which is written anew. */
  public void restartWithoutIndex() {
    begin();
    Indexes.remove(log.topic(), store);
    between(LogRecords.from(log.topic()), LogRecords.to(log.topic()))
        .forEach((key, value) -> log.stored().restore(key, value).orThrow());
    goOn(false);
    Indexes.persist(log, store);
  }

  private void begin() {
    unsaved.clear();
    log = Log.bounded(graph.topic(), waiting, WAITING_BYTES, Limits.BODY_BYTES);
    replay = freshReplay(log, waiting);
  }

  private void goOn(boolean indexed) {
    Bytes topic = log.topic().bytes();
    Bytes proofs = Bytes.concat(Bytes.of(ForkRecords.PREFIX), topic);
    store.tailMap(proofs).entrySet().stream()
        .filter(entry -> entry.getKey().at(0) == ForkRecords.PREFIX)
        .forEach(entry -> log.stored().restoreProof(entry.getKey(), entry.getValue()).orThrow());
    log.stored().restored();
    if (indexed) {
      Indexes.results(log, replay, store);
    } else {
      between(ReplayRecords.from(log.topic()), ReplayRecords.to(log.topic()))
          .forEach((key, value) ->
              Indexes.mark(log, List.of(replay.restoreVerdict(key, value).orThrow())));
    }
    between(StateRecords.from(log.topic()), StateRecords.to(log.topic()))
        .forEach((key, value) -> replay.restoreState(key, value).orThrow());
    replay.restored();
    disturbed();
  }

  private SortedMap<Bytes, Bytes> between(Bytes from, Bytes to) {
    return store.subMap(from, to);
  }

  /** What it has written. */
  public SortedMap<Bytes, Bytes> store() {
    return store;
  }

  /** Another that starts from a copy of what this one has written. */
  public BusyPeer twin() {
    BusyPeer twin = new BusyPeer(graph, waiting);
    twin.store.putAll(store);
    twin.restart();
    return twin;
  }

  /** The same, from all records but the index. */
  public BusyPeer twinWithoutIndex() {
    BusyPeer twin = new BusyPeer(graph, waiting);
    twin.store.putAll(store);
    twin.restartWithoutIndex();
    return twin;
  }

  /** Whether an event is new to it. */
  public boolean lacks(Event event) {
    return log.examine(event) instanceof Examined.Fresh;
  }

  /** The ids of what it holds, in order. */
  public List<EventId> held() {
    return log.page(0, Integer.MAX_VALUE).stream().map(LogEntry::id).toList();
  }

  /** The ids of what it keeps, in order. */
  public List<EventId> kept() {
    List<EventId> kept = new ArrayList<>();
    for (int i = 0; i < log.keptSize(); i++) {
      kept.add(log.keptAt(i).id());
    }
    return kept;
  }

  /** Chooses between small steps and large ones. */
  public static ApplyLimits someLimits(Seeded how, long eventFuel) {
    return how.nextBoolean() ? ApplyLimits.of(eventFuel) : new ApplyLimits(eventFuel, 1);
  }
}

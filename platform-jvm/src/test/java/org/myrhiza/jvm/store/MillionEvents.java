// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.myrhiza.log.IndexReader;
import org.myrhiza.log.IndexRecords;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Drained;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.ReplayRecords;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.StateRecords;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.Indexes;

/**
 * One topic with many events, its replay and a real store, in the heap that its process has: what
 * comes last, events that come late, one of them before all others, and a restart. Events are not
 * signed. Prints a line for each part; an exception is a failure.
 */
final class MillionEvents {
  private static final int AUTHORS = 100;
  private static final int BATCH = 512;
  private static final int PAGE = 4_096;
  private static final int MEGA = 1 << 20;
  private static final long NANOS_OF_MILLI = 1_000_000;
  private static final Source LINK = new Source(1);
  private static final ApplyLimits LIMITS = ApplyLimits.of(1_000_000);

  private final RocksStore store;
  private final Seeded random = new Seeded(11);
  private final TopicId topic;
  private final List<Author> authors = new ArrayList<>();
  private final List<StoredEvent> unsaved = new ArrayList<>();
  private Log log;
  private Replay replay;
  private EventId tip;
  private long clock = 2_000;
  private int reads;

  /** One who writes, and an event of theirs that comes late. */
  private static final class Author {
    final PublicKey key;
    EventId last;
    long seq = 1;

    Author(PublicKey key, EventId join) {
      this.key = key;
      this.last = join;
    }
  }

  private MillionEvents(RocksStore store) {
    this.store = store;
    Event genesis = EventGraph.genesis(random, new PublicKey(random.nextBytes(32)));
    topic = TopicId.of(genesis.id());
    tip = genesis.id();
    log = Log.empty(topic);
    replay = Replay.of(log);
    deliver(genesis);
  }

  public static void main(String[] words) throws DataException {
    try (RocksStore store = RocksStore.open(Path.of(words[0]))) {
      new MillionEvents(store).run(Integer.parseInt(words[1]));
    }
  }

  /** Counts each principal's events, in a key of their own. */
  private static Outcome tally(Overlay state, Delivery event, long fuel) {
    Bytes key = event.principal().bytes();
    Bytes had = state.get(key);
    long count = had == null ? 0 : Long.parseLong(had.toHex(), 16);
    state.put(key, Bytes.hex("%016x".formatted(count + 1)));
    return new Outcome.Accepted(1);
  }

  private void run(int events) throws DataException {
    for (int i = 0; i < AUTHORS; i++) {
      PublicKey key = new PublicKey(random.nextBytes(32));
      Bytes join = Join.CODEC.encode(new Join(Optional.empty(), Optional.empty()));
      Event event = EventGraph.event(topic, key, draft(1, Optional.empty()), EventKind.JOIN, join);
      authors.add(new Author(key, event.id()));
      deliver(event);
      tip = event.id();
    }
    Author late = authors.removeLast();
    for (int i = 0; i < events; i++) {
      say(random.pick(authors), true);
      if (i % BATCH == 0) {
        goOn();
      }
      if (i % (events / 10) == 0) {
        say("%,d events, %d MB in use".formatted(i, used()));
      }
    }
    goOn();
    check("all events", 0);
    long called = replay.counts().applied();
    say(late, false);
    goOn();
    check("one event before all others", called + 1);
    say(authors.getFirst(), true);
    goOn();
    check("one more at the end", called + 2);
    restart(false);
    check("after a restart from all records", 0);
    restart(true);
    check("after a restart", 0);
    say(authors.getFirst(), true);
    goOn();
    check("one more at the end of that", 1);
  }

  private void say(Author author, boolean follows) throws DataException {
    author.seq++;
    EventId prev = author.last;
    List<EventId> deps = !follows || tip.equals(prev) ? List.of() : List.of(tip);
    EventGraph.Draft draft =
        new EventGraph.Draft(author.seq, Optional.of(prev), deps, new Clock(clock++, 0));
    Bytes body = new AppPayload(1, random.nextBytes(8)).encode();
    Event event = EventGraph.event(topic, author.key, draft, EventKind.APP, body);
    deliver(event);
    author.last = event.id();
    tip = follows ? event.id() : tip;
  }

  private EventGraph.Draft draft(long seq, Optional<EventId> prev) {
    return new EventGraph.Draft(seq, prev, List.of(tip), new Clock(clock++, 0));
  }

  private void deliver(Event event) {
    List<StoredEvent> placed = Deliveries.deliver(log, event, LINK);
    if (placed.size() != 1) {
      throw new IllegalStateException("not valid: " + event.id().text());
    }
    unsaved.addAll(placed);
  }

  private void goOn() throws DataException {
    log.takeDisturbed().ifPresent(change -> replay.disturbed(change.from(), change.to()));
    Progress progress = new Progress.More();
    while (!(progress instanceof Progress.Done)) {
      progress = replay.step(MillionEvents::tally, LIMITS);
      persist();
      if (progress instanceof Progress.Needs(List<Bytes> keys)) {
        provide(store.read(keys));
      } else if (progress instanceof Progress.Stalled(EventId event, String reason)) {
        throw new IllegalStateException(event.text() + ": " + reason);
      }
    }
  }

  private void provide(List<StoreEntry> found) {
    reads++;
    List<StoreWrite> verdicts = new ArrayList<>();
    for (StoreEntry entry : found) {
      if (entry.key().at(0) == LogRecords.PREFIX) {
        log.stored().loaded(entry.key(), entry.value()).orThrow();
      } else {
        verdicts.add(new StoreWrite(entry.key(), entry.value()));
      }
    }
    replay.loaded(verdicts).orThrow();
  }

  private void persist() throws DataException {
    List<Write> writes = new ArrayList<>();
    for (StoredEvent event : unsaved) {
      writes.add(new Write.Put(LogRecords.key(topic, event.place()), LogRecords.value(event)));
    }
    unsaved.clear();
    Drained drained = replay.drain();
    for (StoreWrite write : drained.writes()) {
      writes.add(write(write.key(), write.value()));
    }
    Indexes.mark(log, drained.marks());
    log.index().take().forEach(change -> writes.add(write(change.key(), change.value())));
    store.persist(writes);
  }

  private static Write write(Bytes key, @Nullable Bytes value) {
    return value == null ? new Write.Delete(key) : new Write.Put(key, value);
  }

  private void restart(boolean fromIndex) throws DataException {
    Bytes digest = replay.digest();
    log = Log.empty(topic);
    replay = Replay.of(log);
    long begin = processorNanos();
    if (fromIndex) {
      index();
      log.stored().restored();
      if (!replay.restoreMarks(log.stored().marked()).isEmpty()) {
        throw new IllegalStateException("patches of a finished run");
      }
    } else {
      each(LogRecords.from(topic), LogRecords.to(topic), PAGE, this::restore);
      log.stored().restored();
      each(ReplayRecords.from(topic), ReplayRecords.to(topic), PAGE, this::restore);
    }
    say("log and results: %,d ms".formatted((processorNanos() - begin) / NANOS_OF_MILLI));
    each(StateRecords.from(topic), StateRecords.to(topic), PAGE, this::restore);
    replay.restored();
    if (!digest.equals(replay.digest())) {
      throw new IllegalStateException("another digest after a restart");
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void index() throws DataException {
    IndexReader reader = log.stored().index(Replay::isMark);
    each(
        IndexRecords.from(IndexRecords.MARKS, topic),
        IndexRecords.to(IndexRecords.MARKS, topic),
        PAGE,
        entry -> reader.marks(entry.key(), entry.value()).orThrow());
    reader.marksEnd().orThrow();
    each(
        IndexRecords.from(IndexRecords.ROWS, topic),
        IndexRecords.to(IndexRecords.ROWS, topic),
        IndexReader.RECORDS,
        entry -> {
          reader.rows(entry.key(), entry.value()).orThrow();
          for (StoreEntry event : store.read(reader.needed())) {
            reader.event(event.key(), event.value()).orThrow();
          }
          reader.add().orThrow();
        });
    reader.end().orThrow();
  }

  /** Takes a record. */
  private interface Taker {
    void take(StoreEntry entry) throws DataException;
  }

  private void restore(StoreEntry entry) {
    switch (entry.key().at(0)) {
      case LogRecords.PREFIX -> log.stored().restore(entry.key(), entry.value()).orThrow();
      case ReplayRecords.PREFIX ->
          Indexes.mark(log, List.of(replay.restoreVerdict(entry.key(), entry.value()).orThrow()));
      default -> replay.restoreState(entry.key(), entry.value()).orThrow();
    }
  }

  private void each(Bytes from, Bytes to, int most, Taker taker) throws DataException {
    Bytes next = from;
    Store.Page page;
    do {
      page = store.load(next, to, most);
      for (StoreEntry entry : page.entries()) {
        taker.take(entry);
        next = entry.key().plus(Bytes.of(0));
      }
    } while (!page.complete());
  }

  /** All is applied, the app's state counts every event, and the app was called so many times. */
  private void check(String what, long calls) {
    if (!replay.caughtUp() || (calls > 0 && replay.counts().applied() != calls)) {
      throw new IllegalStateException(what + ": " + replay.counts());
    }
    long counted = 0;
    for (var entry : replay.state().appEntries()) {
      counted += Long.parseLong(entry.value().toHex(), 16);
    }
    if (counted != replay.counts().accepted()) {
      throw new IllegalStateException(what + ": " + counted + " counted");
    }
    say("%s: %,d counted, %d reads, %d MB in use".formatted(what, counted, reads, used()));
  }

  private static long used() {
    Runtime.getRuntime().gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEGA;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.log.Examined;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Offer;
import org.myrhiza.log.Page;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.Drained;
import org.myrhiza.replay.Mark;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.state.TopicState;

/**
 * What a kernel does around a log and a replay, for tests: no signatures, a store that is a map.
 */
public final class Deliveries {
  private static final int PAGE = 16;

  private Deliveries() {}

  /** Offers one event and returns the entries that it made valid. */
  public static List<StoredEvent> deliver(Log log, Event event, Source source) {
    return switch (log.examine(event)) {
      case Examined.Fresh fresh ->
          switch (log.offer(fresh.candidate(), source)) {
            case Offer.Placed placed -> placed.events();
            case Offer.Known known -> List.of();
            case Offer.Waiting waiting -> List.of();
            case Offer.Bad bad -> List.of();
          };
      case Examined.Known known -> List.of();
      case Examined.Bad bad -> List.of();
    };
  }

  /** Offers events in turn. */
  public static void deliverAll(Log log, List<Event> events, Source source) {
    for (Event event : events) {
      deliver(log, event, source);
    }
  }

  /** Persists entries of a log. */
  public static void persist(Log log, List<StoredEvent> events, Map<Bytes, Bytes> store) {
    for (StoredEvent event : events) {
      store.put(LogRecords.key(log.topic(), event.place()), LogRecords.value(event));
    }
  }

  /** The events of a page, all of them in memory. */
  public static List<Event> events(Log log, Page page) {
    List<Event> events = new ArrayList<>();
    for (LogEntry entry : page.entries()) {
      events.add(event(log, entry));
    }
    return events;
  }

  /** An event that is in memory. */
  public static Event event(KeptOrder order, LogEntry entry) {
    return Optional.ofNullable(order.event(entry.id())).orElseThrow();
  }

  /** An event that is in memory, as it is stored. */
  public static StoredEvent stored(KeptOrder order, LogEntry entry) {
    return new StoredEvent(entry, event(order, entry));
  }

  /**
   * Does what a step of replay needs: reads a store that is a map.
   *
   * @return whether anything was needed
   */
  public static boolean provide(
      Progress progress, KeptOrder order, Replay replay, Map<Bytes, Bytes> store) {
    if (!(progress instanceof Progress.Needs(List<Bytes> keys))) {
      return false;
    }
    List<StoreWrite> found = new ArrayList<>();
    for (Bytes key : keys) {
      Bytes value = store.get(key);
      if (value != null && order instanceof Log log && key.at(0) == LogRecords.PREFIX) {
        log.stored().loaded(key, value).orThrow();
      } else if (value != null) {
        found.add(new StoreWrite(key, value));
      }
    }
    replay.loaded(found).orThrow();
    return true;
  }

  /** Reads the values that something missed. */
  public static void fetch(TopicState state, Map<Bytes, Bytes> store) {
    int asOf = state.asOf();
    List<Bytes> keys = state.takeMissing();
    List<StoreWrite> found = new ArrayList<>();
    for (Bytes key : keys) {
      Bytes value = store.get(key);
      if (value != null) {
        found.add(new StoreWrite(key, value));
      }
    }
    state.loaded(keys, found, asOf).orThrow();
  }

  /** The app's entries, in memory or in a store that has all that changed. */
  public static List<StateEntry> entries(TopicState state, Map<Bytes, Bytes> store) {
    state.pin();
    List<StateEntry> entries = new ArrayList<>();
    Bytes from = Bytes.EMPTY;
    boolean more = true;
    while (more) {
      Overlay reader = state.reader();
      List<StateEntry> page = reader.scan(from, null, PAGE);
      if (reader.misses()) {
        fetch(state, store);
      } else {
        entries.addAll(page);
        more = page.size() == PAGE;
        from = more ? page.getLast().key().plus(Bytes.of(0)) : from;
      }
    }
    state.unpin();
    return entries;
  }

  /** Reads what the log needs to prove forks, pair by pair, as far as the store has it. */
  public static void prove(Log log, Map<Bytes, Bytes> store) {
    List<LogEntry> before = List.of();
    List<LogEntry> needed = log.stored().unproved();
    while (!needed.equals(before)) {
      for (LogEntry entry : needed) {
        Bytes key = LogRecords.key(log.topic(), entry.place());
        Bytes value = store.get(key);
        if (value != null) {
          log.stored().loaded(key, value).orThrow();
        }
      }
      before = needed;
      needed = log.stored().unproved();
    }
  }

  /** Persists what a replay changed; returns what its log is to keep of it. */
  public static List<Mark> persist(Replay replay, Map<Bytes, Bytes> store) {
    Drained drained = replay.drain();
    for (StoreWrite write : drained.writes()) {
      Bytes value = write.value();
      if (value == null) {
        store.remove(write.key());
      } else {
        store.put(write.key(), value);
      }
    }
    return drained.marks();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.ReplayRecords;
import org.myrhiza.replay.Verdict;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.state.TopicState;

/** Reads of an instance's records that are no longer in memory. */
final class StoreReads {
  private static final String MISSING = "an event is missing";

  private final Instance instance;
  private final Log log;
  private final Outside outside;

  /** How often events were dropped: what was asked for before may be gone, or be written anew. */
  private long drops;

  StoreReads(Instance instance, Outside outside) {
    this.instance = instance;
    this.log = instance.log();
    this.outside = outside;
  }

  /** See {@link Instance#withBytes}; told too when nothing is handed over. */
  void withBytes(List<LogEntry> entries, Consumer<List<StoredEvent>> then, Runnable unreadable) {
    TreeMap<EventId, Event> here = new TreeMap<>();
    List<Bytes> keys = new ArrayList<>();
    for (LogEntry entry : entries) {
      Event event = log.event(entry.id());
      if (event == null) {
        keys.add(LogRecords.key(log.topic(), entry.place()));
      } else {
        here.put(entry.id(), event);
      }
    }
    if (keys.isEmpty()) {
      then.accept(joined(entries, here));
      return;
    }
    long asOf = drops;
    outside.read(
        keys,
        found -> {
          if (take(found, here) && isWhole(entries.stream().map(LogEntry::id), here, asOf)) {
            then.accept(joined(entries, here));
          }
        },
        failure -> unreadable.run());
  }

  /** Removes an event that is no longer held from the store. */
  void drop(LogEntry gone) {
    outside.write(new StoreWrite(LogRecords.key(log.topic(), gone.place()), null));
    drops++;
  }

  /** Whether what the log has had all the while is in the store; if it is not, that is told. */
  private boolean isWhole(Stream<EventId> wanted, Map<EventId, Event> here, long asOf) {
    boolean whole =
        drops != asOf
            || wanted.allMatch(
                id -> here.containsKey(id) || log.event(id) != null || !log.contains(id));
    if (!whole) {
      instance.stop(damaged(MISSING));
    }
    return whole;
  }

  private static List<StoredEvent> joined(List<LogEntry> entries, Map<EventId, Event> here) {
    List<StoredEvent> joined = new ArrayList<>();
    for (LogEntry entry : entries) {
      Event event = here.get(entry.id());
      if (event != null) {
        joined.add(new StoredEvent(entry, event));
      }
    }
    return joined;
  }

  /** Takes events that were read; returns whether none of them is damaged. */
  private boolean take(List<StoreWrite> found, Map<EventId, Event> here) {
    for (StoreWrite record : found) {
      Bytes value = record.value();
      if (value != null && record.key().startsWith(LogRecords.from(log.topic()))) {
        switch (log.stored().loaded(record.key(), value)) {
          case Decoded.Ok<StoredEvent>(StoredEvent event) -> here.put(event.id(), event.event());
          case Decoded.Bad<StoredEvent>(Malformed bad) -> {
            instance.stop(damaged(bad.message()));
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Reads what a step of replay needs, and says when it can go on. */
  void forReplay(List<Bytes> keys, Runnable then) {
    long asOf = drops;
    outside.read(
        keys,
        found -> {
          TreeMap<EventId, Event> events = new TreeMap<>();
          if (!take(found, events)) {
            return;
          }
          if (isWhole(bodies(keys), events, asOf)
              && instance.replay().loaded(found) instanceof Decoded.Bad<Integer>(Malformed bad)) {
            instance.stop(damaged(bad.message()));
          }
          then.run();
        },
        failure -> {
          instance.stall("the store cannot be read: " + failure);
          then.run();
        });
  }

  /** The events among keys that were asked for. */
  private Stream<EventId> bodies(List<Bytes> keys) {
    return keys.stream()
        .filter(key -> key.startsWith(LogRecords.from(log.topic())))
        .map(key -> LogRecords.place(LogRecords.PREFIX, log.topic(), key).orThrow().id());
  }

  /**
   * Reads the values that something missed.
   *
   * @param then runs when they are in memory
   * @param failed runs when they cannot be read, after the instance stopped
   */
  void values(TopicState state, Runnable then, Runnable failed) {
    int asOf = state.asOf();
    List<Bytes> keys = state.takeMissing();
    outside.read(
        keys,
        found -> {
          if (state.loaded(keys, found, asOf) instanceof Decoded.Bad<Integer>(Malformed bad)) {
            instance.stop(damaged(bad.message()));
            failed.run();
          } else {
            then.run();
          }
        },
        failure -> {
          instance.stall("the store cannot be read: " + failure);
          failed.run();
        });
  }

  private static String damaged(String what) {
    return "the data are damaged: " + what;
  }

  /** Makes rows for events. */
  void rows(List<LogEntry> entries, Consumer<List<LogRow>> then) {
    List<Bytes> keys = LogRows.unread(entries, log, instance.replay());
    if (keys.isEmpty()) {
      then.accept(rows(entries, new TreeMap<>(), List.of()));
      return;
    }
    TreeMap<EventId, Event> events = new TreeMap<>();
    for (LogEntry entry : entries) {
      Event event = log.event(entry.id());
      if (event != null) {
        events.put(entry.id(), event);
      }
    }
    long asOf = drops;
    outside.read(
        keys,
        found -> {
          if (take(found, events)) {
            var _ = isWhole(entries.stream().map(LogEntry::id), events, asOf);
          }
          then.accept(rows(entries, events, found));
        },
        failure -> then.accept(rows(entries, new TreeMap<>(), List.of())));
  }

  private List<LogRow> rows(
      List<LogEntry> entries, Map<EventId, Event> events, List<StoreWrite> found) {
    TreeMap<Bytes, Bytes> records = new TreeMap<>();
    for (StoreWrite record : found) {
      Bytes value = record.value();
      if (value != null) {
        records.put(record.key(), value);
      }
    }
    List<LogRow> rows = new ArrayList<>();
    for (LogEntry entry : entries) {
      Event event = events.get(entry.id());
      rows.add(
          LogRows.row(
              entry, event == null ? log.event(entry.id()) : event, verdict(entry, records)));
    }
    return rows;
  }

  private @Nullable Verdict verdict(LogEntry entry, Map<Bytes, Bytes> records) {
    Verdict known = instance.replay().verdict(entry.id());
    Bytes stored = records.get(ReplayRecords.key(log.topic(), entry.place()));
    if (known != null || stored == null) {
      return known;
    }
    return switch (ReplayRecords.verdict(entry, stored)) {
      case Decoded.Ok<Verdict>(Verdict verdict) -> verdict;
      case Decoded.Bad<Verdict>(Malformed bad) -> {
        instance.stop(damaged(bad.message()));
        yield null;
      }
    };
  }
}

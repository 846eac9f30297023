// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.List;
import java.util.Map;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.log.Examined;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Offer;
import org.myrhiza.log.Source;
import org.myrhiza.replay.Replay;
import org.myrhiza.state.StoreWrite;

/**
 * What a kernel does around a log and a replay, for tests: no signatures, a store that is a map.
 */
public final class Deliveries {
  private Deliveries() {}

  /** Offers one event and returns the entries that it made valid. */
  public static List<LogEntry> deliver(Log log, Event event, Source source) {
    return switch (log.examine(event)) {
      case Examined.Fresh fresh ->
          switch (log.offer(fresh.candidate(), source)) {
            case Offer.Placed placed -> placed.entries();
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
  public static void persist(Log log, List<LogEntry> entries, Map<Bytes, Bytes> store) {
    for (LogEntry entry : entries) {
      store.put(LogRecords.key(log.topic(), entry.place()), LogRecords.value(entry));
    }
  }

  /** Persists what a replay changed. */
  public static void persist(Replay replay, Map<Bytes, Bytes> store) {
    for (StoreWrite write : replay.drain().writes()) {
      Bytes value = write.value();
      if (value == null) {
        store.remove(write.key());
      } else {
        store.put(write.key(), value);
      }
    }
  }
}

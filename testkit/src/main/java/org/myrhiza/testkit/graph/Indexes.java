// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Clock;
import org.myrhiza.event.TopicId;
import org.myrhiza.log.IndexReader;
import org.myrhiza.log.IndexRecords;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogIndex;
import org.myrhiza.replay.Mark;
import org.myrhiza.replay.Replay;

/** What a kernel does about the index of a log, with a store that is a map. */
public final class Indexes {
  private Indexes() {}

  /** Gives the log what it is to keep of results. */
  public static void mark(Log log, List<Mark> marks) {
    marks.forEach(mark -> log.index().mark(mark.event(), mark.mask(), mark.bits()));
  }

  /** Writes what the store lacks of the index. */
  public static void persist(Log log, Map<Bytes, Bytes> store) {
    while (log.index().isBehind()) {
      apply(log.index().take(), store);
    }
  }

  /** Writes changes. */
  public static void apply(List<LogIndex.Change> changes, Map<Bytes, Bytes> store) {
    for (LogIndex.Change change : changes) {
      Bytes value = change.value();
      if (value == null) {
        store.remove(change.key());
      } else {
        store.put(change.key(), value);
      }
    }
  }

  /** The records of a topic's index of one kind. */
  public static SortedMap<Bytes, Bytes> records(
      int kind, TopicId topic, SortedMap<Bytes, Bytes> store) {
    return store.subMap(IndexRecords.from(kind, topic), IndexRecords.to(kind, topic));
  }

  /** Removes the index. */
  public static void remove(TopicId topic, SortedMap<Bytes, Bytes> store) {
    records(IndexRecords.MARKS, topic, store).clear();
    records(IndexRecords.ROWS, topic, store).clear();
  }

  /** Builds an empty log from the index; bad, and the log empty, if it is of no use. */
  public static Decoded<Clock> restore(Log log, SortedMap<Bytes, Bytes> store) {
    IndexReader reader = log.stored().index(Replay::isMark);
    for (var entry : records(IndexRecords.MARKS, log.topic(), store).entrySet()) {
      if (reader.marks(entry.getKey(), entry.getValue()) instanceof Decoded.Bad<?> bad) {
        return new Decoded.Bad<>(bad.malformed());
      }
    }
    if (reader.marksEnd() instanceof Decoded.Bad<?> bad) {
      return new Decoded.Bad<>(bad.malformed());
    }
    for (var entry : records(IndexRecords.ROWS, log.topic(), store).entrySet()) {
      if (rows(reader, entry, store) instanceof Decoded.Bad<?> bad) {
        return new Decoded.Bad<>(bad.malformed());
      }
    }
    return reader.end();
  }

  private static Decoded<?> rows(
      IndexReader reader, Map.Entry<Bytes, Bytes> entry, SortedMap<Bytes, Bytes> store) {
    if (reader.rows(entry.getKey(), entry.getValue()) instanceof Decoded.Bad<?> bad) {
      return bad;
    }
    for (Bytes key : reader.needed()) {
      Bytes event = store.get(key);
      if (event != null && reader.event(key, event) instanceof Decoded.Bad<?> bad) {
        return bad;
      }
    }
    return reader.add();
  }

  /** Gives a replay what the index has of results, once the log is complete. */
  public static void results(Log log, Replay replay, Map<Bytes, Bytes> store) {
    for (Bytes key : replay.restoreMarks(log.stored().marked())) {
      Bytes patch = store.get(key);
      if (patch == null) {
        throw new IllegalStateException("no patch " + key.toHex());
      }
      replay.restoreVerdict(key, patch).orThrow();
    }
  }
}

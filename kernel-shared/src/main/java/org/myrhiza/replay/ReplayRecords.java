// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.state.Undo;

/**
 * How a verdict is stored: key {@code 4, topic, depth, rank, id}, value {@code version, verdict,
 * undo}. Store order is canonical order.
 */
public final class ReplayRecords {
  /** First byte of the store keys of verdicts. */
  public static final int PREFIX = 4;

  private static final int VERSION = 0;

  private ReplayRecords() {}

  /** Returns the first store key of a topic's verdicts. */
  public static Bytes from(TopicId topic) {
    return LogRecords.from(PREFIX, topic);
  }

  /** Returns the bound after the last store key of a topic's verdicts. */
  public static Bytes to(TopicId topic) {
    return LogRecords.to(PREFIX, topic);
  }

  static Bytes key(TopicId topic, Place place) {
    return from(topic).plus(place.key());
  }

  static Decoded<Place> place(TopicId topic, Bytes storeKey) {
    return LogRecords.place(PREFIX, topic, storeKey);
  }

  static Bytes value(Applied applied) {
    return CanonicalWriter.write(w -> {
      w.u8(VERSION);
      Verdict.CODEC.write(w, applied.verdict());
      Undo.CODEC.write(w, applied.undo());
    });
  }

  static Decoded<Applied> read(LogEntry entry, Bytes storeValue) {
    return CanonicalReader.decode(
        storeValue,
        r -> {
          r.version(VERSION);
          return new Applied(entry, Verdict.CODEC.read(r), Undo.CODEC.read(r));
        });
  }
}

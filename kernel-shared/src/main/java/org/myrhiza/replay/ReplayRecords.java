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
import org.myrhiza.state.ReadSet;
import org.myrhiza.state.Undo;

/**
 * How a verdict is stored: key {@code 4, topic, depth, rank, id}, value {@code version, verdict,
 * undo, reads, first}. Store order is canonical order.
 *
 * <p>While a rerun is under way, a patch is stored after the last event of the new run: the same
 * key and a byte 1, value {@code version, values}. Undoing all that is stored, from the end on,
 * gives every state before.
 */
public final class ReplayRecords {
  /** First byte of the store keys of verdicts. */
  public static final int PREFIX = 4;

  private static final int VERSION = 1;
  private static final Bytes PATCH = Bytes.of(1);

  private ReplayRecords() {}

  /** Returns the first store key of a topic's verdicts. */
  public static Bytes from(TopicId topic) {
    return LogRecords.from(PREFIX, topic);
  }

  /** Returns the bound after the last store key of a topic's verdicts. */
  public static Bytes to(TopicId topic) {
    return LogRecords.to(PREFIX, topic);
  }

  /** Returns the store key of an event's verdict. */
  public static Bytes key(TopicId topic, Place place) {
    return LogRecords.key(PREFIX, topic, place);
  }

  static Decoded<Place> place(TopicId topic, Bytes storeKey) {
    return LogRecords.place(PREFIX, topic, storeKey);
  }

  static Bytes value(Applied applied) {
    Run run = applied.run();
    return CanonicalWriter.write(w -> {
      w.u8(VERSION);
      Verdict.CODEC.write(w, run.verdict());
      Undo.CODEC.write(w, applied.undo());
      ReadSet.CODEC.write(w, run.reads());
      w.flag(run.first());
    });
  }

  static Bytes patch(Undo values) {
    return CanonicalWriter.write(w -> {
      w.u8(VERSION);
      Undo.CODEC.write(w, values);
    });
  }

  /** Returns the store key of the patch after an event. */
  static Bytes patchKey(TopicId topic, Place place) {
    return key(topic, place).plus(PATCH);
  }

  static boolean isPatch(TopicId topic, Bytes storeKey) {
    return storeKey.size() == from(topic).size() + Place.KEY_BYTES + PATCH.size()
        && storeKey.at(storeKey.size() - 1) == PATCH.at(0);
  }

  static Bytes patchedKey(Bytes storeKey) {
    return storeKey.slice(0, storeKey.size() - PATCH.size());
  }

  static Decoded<Applied> read(LogEntry entry, Bytes storeValue) {
    return CanonicalReader.decode(
        storeValue,
        r -> {
          r.version(VERSION);
          Verdict verdict = Verdict.CODEC.read(r);
          Undo undo = Undo.CODEC.read(r);
          return new Applied(entry, new Run(verdict, ReadSet.CODEC.read(r), r.flag()), undo);
        });
  }

  /** Reads the verdict alone. */
  public static Decoded<Verdict> verdict(LogEntry entry, Bytes storeValue) {
    return read(entry, storeValue).map(applied -> applied.run().verdict());
  }

  static Decoded<Undo> readPatch(Bytes storeValue) {
    return CanonicalReader.decode(
        storeValue,
        r -> {
          r.version(VERSION);
          return Undo.CODEC.read(r);
        });
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.log.IndexRecords;
import org.myrhiza.log.LogRecords;

/**
 * The layout of the store. The first byte of a key names the kind of record: 0 format number and
 * mark, 1 room, 2 bundle piece, 3 log entry, 4 verdict, 5 state, 6 what was signed here, 7 proofs
 * of forks, 8 and 9 the index of a log. Kinds 3 to 9 go on with the topic.
 */
final class StoreKeys {
  /**
   * The format of this store; one of another format is refused by name, but for the one before.
   * Verdicts of format 1 did not say what their events had read.
   */
  static final int FORMAT = 3;

  /** The same without an index: whoever writes it does not keep an index up. */
  static final int FORMAT_WITHOUT_INDEX = 2;

  static final int META = 0;
  static final int ROOM = 1;
  static final int BUNDLE = 2;
  static final int EVENT = 3;
  static final int VERDICT = 4;
  static final int STATE = 5;
  static final int PROOF = 7;
  static final int INDEX = IndexRecords.MARKS;

  /** Kind behind the last one. */
  static final int END = IndexRecords.ROWS + 1;

  static final int TOPIC_END = 33;
  private static final int BUNDLE_END = 33;

  private StoreKeys() {}

  static Bytes first(int kind) {
    return Bytes.of(kind);
  }

  static Bytes meta() {
    return Bytes.of(META);
  }

  static Bytes metaValue() {
    return CanonicalWriter.write(w -> w.u16(FORMAT));
  }

  /** The record of the mark that the store shares with what is kept beside it. */
  static Bytes mark() {
    return Bytes.of(META, 1);
  }

  static Decoded<Integer> readMeta(Bytes value) {
    return CanonicalReader.decode(value, CanonicalReader::u16);
  }

  static Bytes room(TopicId topic) {
    return Bytes.concat(Bytes.of(ROOM), topic.bytes());
  }

  static Bytes bundlePiece(BundleId bundle, int index) {
    return CanonicalWriter.write(w -> {
      w.u8(BUNDLE);
      w.fixed(bundle.bytes());
      w.u32(index);
    });
  }

  static Write.DeleteRange bundle(BundleId bundle) {
    Bytes from = Bytes.concat(Bytes.of(BUNDLE), bundle.bytes());
    return new Write.DeleteRange(from, Bytes.concat(from, Bytes.of(255, 255, 255, 255, 255)));
  }

  /** The bundle that a key of kind 2 belongs to; null when the key is too short. */
  static Decoded<BundleId> bundleOf(Bytes key) {
    Bytes id = key.size() < BUNDLE_END ? Bytes.EMPTY : key.slice(1, BUNDLE_END);
    return BundleId.CODEC.decode(id);
  }

  /** The topic that a key of kind 1 or 3 to 9 belongs to. */
  static Decoded<TopicId> topicOf(Bytes key) {
    Bytes id = key.size() < TOPIC_END ? Bytes.EMPTY : key.slice(1, TOPIC_END);
    return TopicId.CODEC.decode(id);
  }

  /** All records of one kind and topic. */
  static Write.DeleteRange topic(int kind, TopicId topic) {
    return new Write.DeleteRange(LogRecords.from(kind, topic), LogRecords.to(kind, topic));
  }
}

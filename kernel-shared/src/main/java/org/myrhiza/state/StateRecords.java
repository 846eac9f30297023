// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.TopicId;

/**
 * How one entry of a topic's state is stored: key {@code 5, topic, space, key}, value {@code
 * version, value}. In store order, a topic's entries are in key order, app space first.
 */
public final class StateRecords {
  /** First byte of the store keys of state entries. */
  public static final int PREFIX = 5;

  private static final int VERSION = 0;
  private static final int TOPIC_AT = 1;
  private static final int SPACE_AT = TOPIC_AT + org.myrhiza.bytes.Limits.ID_BYTES;
  private static final int KEY_AT = SPACE_AT + 1;

  private StateRecords() {}

  /** Returns the first store key of a topic's state. */
  public static Bytes from(TopicId topic) {
    return CanonicalWriter.write(w -> prefix(w, topic));
  }

  /** Returns the bound after the last store key of a topic's state. */
  public static Bytes to(TopicId topic) {
    return from(topic).plus(Bytes.of(Space.values().length));
  }

  /** Returns the record that sets an entry, or, with null, removes it. */
  static StoreWrite write(TopicId topic, Space space, Bytes key, @Nullable Bytes value) {
    Bytes storeKey = key(from(topic), space, key);
    Bytes stored = value == null ? null : Bytes.of(VERSION).plus(value);
    return new StoreWrite(storeKey, stored);
  }

  /**
   * Returns the store key of an entry.
   *
   * @param from what {@link #from} returns for the topic
   */
  static Bytes key(Bytes from, Space space, Bytes key) {
    return CanonicalWriter.write(w -> w.fixed(from).u8(space.code()).fixed(key));
  }

  /** Returns an entry's key, from its store key. */
  static Bytes keyOf(Bytes storeKey) {
    return storeKey.slice(KEY_AT, storeKey.size());
  }

  private static void prefix(CanonicalWriter w, TopicId topic) {
    w.u8(PREFIX);
    TopicId.CODEC.write(w, topic);
  }

  /** A stored entry, read back. */
  record Stored(Space space, StateEntry entry) {}

  /**
   * Reads a record of a topic; bad bytes mean that the store is damaged.
   *
   * @param from what {@link #from} returns for the topic
   */
  static Decoded<Stored> read(Bytes from, Bytes storeKey, Bytes storeValue) {
    if (storeKey.size() <= KEY_AT || !storeKey.startsWith(from)) {
      return Decoded.bad("store key of a state entry", 0, storeKey.toHex(), "of the topic");
    }
    if (storeKey.size() - KEY_AT > Limits.KEY_MAX_BYTES
        || storeValue.size() - 1 > Limits.VALUE_MAX_BYTES) {
      long size = Math.max(storeKey.size() - KEY_AT, storeValue.size() - 1);
      return Decoded.bad("size of a state entry", 0, size + " bytes", "the limits of the state");
    }
    if (storeValue.isEmpty() || storeValue.at(0) != VERSION) {
      String seen = storeValue.isEmpty() ? "no byte" : Integer.toString(storeValue.at(0));
      return Decoded.bad("version of a state entry", 0, seen, Integer.toString(VERSION));
    }
    Bytes key = storeKey.slice(KEY_AT, storeKey.size());
    StateEntry entry = new StateEntry(key, storeValue.slice(1, storeValue.size()));
    int code = storeKey.at(SPACE_AT);
    for (Space space : Space.values()) {
      if (space.code() == code) {
        return Decoded.ok(new Stored(space, entry));
      }
    }
    return Decoded.bad("space of a state entry", SPACE_AT, Integer.toString(code), "0 or 1");
  }

  /** Reads the byte that names a space. */
  static Space space(CanonicalReader r) {
    int code = r.u8();
    if (code == Space.APP.code()) {
      return Space.APP;
    }
    if (code == Space.KERNEL.code()) {
      return Space.KERNEL;
    }
    throw r.fail("space of a state entry", Integer.toString(code), "0 or 1");
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/** A sorted space of keys and values, and its size. */
final class StateSpace {
  private final TreeMap<Bytes, Bytes> map = new TreeMap<>();
  private long bytes;

  @Nullable Bytes get(Bytes key) {
    return map.get(key);
  }

  /** Sets or, with null, removes a key and returns what it had. */
  @Nullable Bytes set(Bytes key, @Nullable Bytes value) {
    Bytes old = value == null ? map.remove(key) : map.put(key, value);
    if (old != null) {
      bytes -= (long) key.size() + old.size();
    }
    if (value != null) {
      bytes += (long) key.size() + value.size();
    }
    return old;
  }

  /** Returns a live view of the entries from a key on, that key included. */
  NavigableMap<Bytes, Bytes> from(Bytes start) {
    return map.tailMap(start, true);
  }

  /** Returns all entries, ascending. */
  Map<Bytes, Bytes> all() {
    return map;
  }

  long entries() {
    return map.size();
  }

  /** Returns the bytes of all keys and values. */
  long bytes() {
    return bytes;
  }
}

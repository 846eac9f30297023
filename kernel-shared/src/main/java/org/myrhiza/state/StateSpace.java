// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/** A sorted space of keys and values, and its size. */
final class StateSpace implements Base {
  private final TreeMap<Bytes, Bytes> map = new TreeMap<>();
  private long bytes;

  @Override
  public @Nullable Bytes get(Bytes key) {
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

  @Override
  public Iterator<StateEntry> from(Bytes start) {
    Iterator<Map.Entry<Bytes, Bytes>> entries = map.tailMap(start, true).entrySet().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public StateEntry next() {
        Map.Entry<Bytes, Bytes> entry = entries.next();
        return new StateEntry(entry.getKey(), entry.getValue());
      }
    };
  }

  /** Returns all entries, ascending. */
  Map<Bytes, Bytes> all() {
    return map;
  }

  @Override
  public long entries() {
    return map.size();
  }

  @Override
  public long bytes() {
    return bytes;
  }
}

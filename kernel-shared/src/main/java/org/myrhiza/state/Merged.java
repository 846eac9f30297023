// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/** Entries with other values laid over them, in key order; what is laid over may remove. */
final class Merged implements Iterator<StateEntry> {
  private final Iterator<StateEntry> below;
  private final Iterator<Map.Entry<Bytes, Optional<Bytes>>> over;
  private @Nullable StateEntry low;
  private Map.@Nullable Entry<Bytes, Optional<Bytes>> high;
  private @Nullable StateEntry next;

  Merged(Iterator<StateEntry> below, SortedMap<Bytes, Optional<Bytes>> written) {
    this.below = below;
    over = written.entrySet().iterator();
    high = step(over);
  }

  private static <T> @Nullable T step(Iterator<T> entries) {
    return entries.hasNext() ? entries.next() : null;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = find();
    }
    return next != null;
  }

  @Override
  public StateEntry next() {
    StateEntry found = hasNext() ? next : null;
    if (found == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return found;
  }

  /** Finds the next one, and looks at none after it: that one's value may be in the store only. */
  private @Nullable StateEntry find() {
    while (true) {
      if (low == null) {
        low = step(below);
      }
      if (low == null && high == null) {
        return null;
      }
      int order = low == null ? 1 : high == null ? -1 : low.key().compareTo(high.getKey());
      if (order <= 0) {
        StateEntry entry = low;
        low = null;
        if (order < 0) {
          return entry;
        }
      }
      if (high != null) {
        Bytes key = high.getKey();
        Bytes value = high.getValue().orElse(null);
        high = step(over);
        if (value != null) {
          return new StateEntry(key, value);
        }
      }
    }
  }
}

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
    low = step(below);
    high = step(over);
    next = find();
  }

  private static <T> @Nullable T step(Iterator<T> entries) {
    return entries.hasNext() ? entries.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public StateEntry next() {
    StateEntry found = next;
    if (found == null) {
      throw new NoSuchElementException();
    }
    next = find();
    return found;
  }

  private @Nullable StateEntry find() {
    while (low != null || high != null) {
      int order = low == null ? 1 : high == null ? -1 : low.key().compareTo(high.getKey());
      if (order < 0) {
        StateEntry entry = low;
        low = step(below);
        return entry;
      }
      if (order == 0) {
        low = step(below);
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
    return null;
  }
}

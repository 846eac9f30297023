// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * Entries with other values laid over them, in key order; what is laid over may remove. Nobody asks
 * for the value of an entry that is covered: it may be in the store only.
 */
final class Merged implements Entries {
  private final Entries below;
  private final Iterator<Map.Entry<Bytes, Optional<Bytes>>> over;
  private Map.@Nullable Entry<Bytes, Optional<Bytes>> high;

  /** How the key below, if there is one, stands to that of {@code high}. */
  private int order;

  /**
   * Merges.
   *
   * @param written ends where what is below ends
   */
  Merged(Entries below, SortedMap<Bytes, Optional<Bytes>> written) {
    this.below = below;
    over = written.entrySet().iterator();
    advance();
    settle();
  }

  private void advance() {
    high = over.hasNext() ? over.next() : null;
  }

  /** Passes over what was removed. */
  private void settle() {
    while (high != null) {
      order = below.isThere() ? below.key().compareTo(high.getKey()) : 1;
      if (order < 0 || high.getValue().isPresent()) {
        return;
      }
      if (order == 0) {
        below.next();
      }
      advance();
    }
  }

  @Override
  public boolean isThere() {
    return high != null || below.isThere();
  }

  @Override
  public Bytes key() {
    Map.Entry<Bytes, Optional<Bytes>> above = high;
    return above == null || order < 0 ? below.key() : above.getKey();
  }

  @Override
  public StateEntry entry() {
    Map.Entry<Bytes, Optional<Bytes>> above = high;
    return above == null || order < 0
        ? below.entry()
        : new StateEntry(above.getKey(), above.getValue().orElseThrow());
  }

  @Override
  public void next() {
    if (!isThere()) {
      throw new NoSuchElementException();
    }
    if (high == null || order <= 0) {
      below.next();
    }
    if (high != null && order >= 0) {
      advance();
    }
    settle();
  }
}

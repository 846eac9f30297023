// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * Keys whose values were wanted and are in the store only, with their neighbours, so that whoever
 * wants one of these next finds it: as many as are worth reading at once.
 */
final class Missed {
  private final TreeSet<Bytes> keys = new TreeSet<>();
  private long most = Limits.FETCH_BYTES;
  private long bytes;

  /** The block of the latest one, all of which is here unless it was full then. */
  private @Nullable Block latest;

  /** Bounds the bytes of values that are read at once; one value more is. */
  void atMost(long valueBytes) {
    most = valueBytes;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Returns the bytes of the values. */
  long bytes() {
    return bytes;
  }

  boolean isFull() {
    return keys.size() >= Limits.FETCH_ENTRIES || bytes >= most;
  }

  void note(Block block, int place) {
    if (block == latest) {
      return;
    }
    latest = block;
    for (int i = place; i < block.count() && !isFull(); i++) {
      add(block, i);
    }
    for (int i = place - 1; i >= 0 && !isFull(); i--) {
      add(block, i);
    }
  }

  private void add(Block block, int place) {
    if (block.isAway(place) && keys.add(block.key(place))) {
      bytes += block.valueSize(place);
    }
  }

  /** Returns the keys, ascending, and forgets them. */
  List<Bytes> take() {
    List<Bytes> taken = List.copyOf(keys);
    clear();
    return taken;
  }

  void clear() {
    keys.clear();
    bytes = 0;
    latest = null;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * What an apply's own writes are laid over: the entries of one space at one place of the order.
 *
 * <p>A value may be in the store only. Whoever comes upon one gets none, or an empty one, and must
 * ask {@link #misses} before believing it: then nothing that was found counts, and all is done
 * again once the values were read.
 */
interface Base {
  /** What {@link #valueSize} returns for a key that is absent. */
  int ABSENT = -1;

  @Nullable Bytes get(Bytes key);

  /** Whether a value was wanted that is in the store only. */
  boolean misses();

  /** Whether so many were that no more are noted. */
  boolean missesMuch();

  /** Returns the bytes of a key's value, without making it. */
  int valueSize(Bytes key);

  /**
   * Returns the entries from a key on, that key included.
   *
   * @param end the key that they are before, above the first; null for the end of all
   */
  Entries from(Bytes start, @Nullable Bytes end);

  /** Returns the number of entries. */
  long entries();

  /** Returns the bytes of all keys and values. */
  long bytes();
}

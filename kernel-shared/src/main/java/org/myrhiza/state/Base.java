// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/** What an apply's own writes are laid over: the entries of one space at one place of the order. */
interface Base {
  /** What {@link #valueSize} returns for a key that is absent. */
  int ABSENT = -1;

  @Nullable Bytes get(Bytes key);

  /** Returns the bytes of a key's value, without making it. */
  int valueSize(Bytes key);

  /** Returns the entries from a key on, that key included, ascending. */
  Iterator<StateEntry> from(Bytes start);

  /** Returns the number of entries. */
  long entries();

  /** Returns the bytes of all keys and values. */
  long bytes();
}

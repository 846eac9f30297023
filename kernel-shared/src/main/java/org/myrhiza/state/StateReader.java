// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * Reading the state of a topic. A call past a limit answers as if nothing were there and sets
 * {@link #passed()}; the caller asks for that after every call and ends the guest when it is set.
 */
public interface StateReader {
  /** Returns the value of a key, null when absent. The key has 1 to 512 bytes. */
  @Nullable Bytes get(Bytes key);

  /**
   * Returns the first entries with {@code start <= key < end}, ascending by unsigned bytes.
   *
   * @param start at most 513 bytes; empty for the beginning
   * @param end at most 513 bytes; null for no end
   * @param limit entries at most, 0 to 1,024
   */
  List<StateEntry> scan(Bytes start, @Nullable Bytes end, int limit);

  /** Returns the first limit that any call so far passed, null while none has. */
  @Nullable PassedLimit passed();
}

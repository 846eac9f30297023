// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.myrhiza.bytes.Bytes;

/** Entries in ascending order of their keys; whoever asks for a key does not ask for its value. */
interface Entries {
  /** Whether there is an entry here, and not the end. */
  boolean isThere();

  /** Returns the key of the entry here. */
  Bytes key();

  /**
   * Returns the entry here; one whose value is in the store only is noted, and has an empty one.
   */
  StateEntry entry();

  /** Goes on to the next one. */
  void next();
}

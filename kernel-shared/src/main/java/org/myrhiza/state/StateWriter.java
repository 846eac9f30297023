// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.myrhiza.bytes.Bytes;

/**
 * Writing the state of a topic. A call past a limit writes nothing, answers false and makes the
 * whole apply rejected.
 */
public interface StateWriter {
  /** Sets a key of 1 to 512 bytes to a value of at most 64 KiB; returns false past a limit. */
  boolean put(Bytes key, Bytes value);

  /** Removes a key of 1 to 512 bytes, absent or not; returns false past a limit. */
  boolean delete(Bytes key);
}

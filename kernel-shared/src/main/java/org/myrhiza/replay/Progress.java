// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;

/** How far a step of replay came. */
public sealed interface Progress {
  /** Every valid event has its verdict. */
  record Done() implements Progress {}

  /** The step's budget is used up; there is more to do. */
  record More() implements Progress {}

  /**
   * Nothing more can be done until these records of the store were read and handed to {@link
   * Replay#loaded}, or to the log. One that is not in the store is passed over.
   *
   * @param keys their store keys, none twice
   */
  record Needs(List<Bytes> keys) implements Progress {
    /** Copies the list. */
    public Needs {
      keys = List.copyOf(keys);
    }
  }

  /** The host failed at this event. Nothing after it has a verdict until a later step succeeds. */
  record Stalled(EventId event, String reason) implements Progress {}
}

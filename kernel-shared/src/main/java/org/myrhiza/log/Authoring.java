// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;
import java.util.Optional;
import org.myrhiza.event.Clock;
import org.myrhiza.event.EventId;

/** What the next event of an own chain has to say about the past. */
public sealed interface Authoring {
  /**
   * The chain may go on.
   *
   * @param seq its next number; 1 means that a join comes first
   * @param prev its last event, empty for seq 1
   * @param deps other heads, ascending
   * @param after the clock that the new one has to be above
   */
  record Next(long seq, Optional<EventId> prev, List<EventId> deps, Clock after)
      implements Authoring {
    /** Copies the list. */
    public Next {
      deps = List.copyOf(deps);
    }
  }

  /** The key forked, so that somebody else holds it too: the user needs a new instance. */
  record OwnFork() implements Authoring {}

  /** A fence shut the key out: nothing that it writes counts any more. */
  record ShutOut() implements Authoring {}

  /** The log does not hold the genesis yet. */
  record NoGenesis() implements Authoring {}
}

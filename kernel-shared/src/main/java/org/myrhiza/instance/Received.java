// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import org.myrhiza.log.StoredEvent;

/** What became of an event that a peer sent. */
public sealed interface Received {
  /** It is valid now, and so are those that waited for it; parents first. */
  record Placed(List<StoredEvent> events) implements Received {
    /** Copies the list. */
    public Placed {
      events = List.copyOf(events);
    }
  }

  /** It was known already. */
  record Known() implements Received {}

  /** There is no room to verify it now; it may be sent again. */
  record Dropped() implements Received {}

  /** Its past is missing. */
  record Waiting() implements Received {}

  /** It was refused, and the link is charged. */
  record Refused() implements Received {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;
import org.myrhiza.event.EventId;

/** What became of an event that was offered. */
public sealed interface Offer {
  /**
   * It is valid now.
   *
   * @param events the event and then those that had waited for it, parents before children
   * @param charges those that had waited and proved wrong
   */
  record Placed(List<StoredEvent> events, List<Charge> charges) implements Offer {
    /** Copies the lists. */
    public Placed {
      events = List.copyOf(events);
      charges = List.copyOf(charges);
    }
  }

  /** It was valid or waiting already. */
  record Known() implements Offer {}

  /**
   * It waits for its past, or was itself among the evicted.
   *
   * @param missing its parents that are neither valid nor waiting, ascending
   * @param evicted what its link can no longer keep waiting; it may be sent again
   */
  record Waiting(List<EventId> missing, List<Charge> evicted) implements Offer {
    /** Copies the lists. */
    public Waiting {
      missing = List.copyOf(missing);
      evicted = List.copyOf(evicted);
    }
  }

  /**
   * It can never be valid.
   *
   * @param charges those that had waited for it and so never will be either
   */
  record Bad(Refusal refusal, List<Charge> charges) implements Offer {
    /** Copies the list. */
    public Bad {
      charges = List.copyOf(charges);
    }
  }
}

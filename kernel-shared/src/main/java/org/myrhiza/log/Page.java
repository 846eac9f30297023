// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;
import org.myrhiza.event.Event;

/**
 * Events to send, in canonical order.
 *
 * @param more whether the peer lacks others that come after these
 */
public record Page(List<Event> events, boolean more) {
  /** Copies the list. */
  public Page {
    events = List.copyOf(events);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;

/**
 * Which events to send, in canonical order.
 *
 * @param more whether the peer lacks others that come after these
 */
public record Page(List<LogEntry> entries, boolean more) {
  /** Copies the list. */
  public Page {
    entries = List.copyOf(entries);
  }
}

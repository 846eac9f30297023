// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.event.Event;

/** How many bytes to count for an event, without encoding it. */
final class Sizes {
  private Sizes() {}

  static int of(Event event) {
    int deps = event.header().deps().size() * org.myrhiza.bytes.Limits.ID_BYTES;
    return event.payload().size() + deps + Limits.EVENT_OVERHEAD_BYTES;
  }
}

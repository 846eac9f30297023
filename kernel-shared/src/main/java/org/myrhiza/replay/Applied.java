// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.Undo;

/** An event that has its verdict, and what takes its writes back. */
record Applied(LogEntry entry, Run run, Undo undo) {
  /** One line for a message, without values. */
  String told() {
    return run + ", " + undo.old().size() + " old values";
  }

  EventId id() {
    return entry.id();
  }

  Place place() {
    return entry.place();
  }
}

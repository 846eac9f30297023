// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Place;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.Undo;

/**
 * An event that has its verdict, and what takes its writes back. Or else a <em>patch</em>, after
 * the event: the values by which the new run up to there differs from the old run after it.
 *
 * @param run null for a patch
 */
record Applied(LogEntry entry, @Nullable Run run, Undo undo) {
  boolean isPatch() {
    return run == null;
  }

  /** One line for a message, without values. */
  String told() {
    return run + ", " + undo.old().size() + " old values";
  }

  Place place() {
    return entry.place();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Place;
import org.myrhiza.log.Range;

/**
 * A range of what is missing, to be asked for once.
 *
 * @param after the last place before it, null from the start
 * @param upTo its last place, null to the end
 * @param events how many events the planner says to hold there; 0 when it said nothing
 * @param plannerOnly whether another peer had less than that
 */
record Span(@Nullable Place after, @Nullable Place upTo, int events, boolean plannerOnly) {
  /** Everything that is missing. */
  static final Span ALL = new Span(null, null, 0, true);

  /** Whether it goes to the end of the order. */
  boolean isTail() {
    return upTo == null;
  }

  Range range() {
    return new Range(Optional.ofNullable(after), Optional.ofNullable(upTo));
  }

  Span forPlanner() {
    return new Span(after, upTo, events, true);
  }
}

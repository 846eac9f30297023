// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.myrhiza.event.EventId;

/** How far a step of replay came. */
public sealed interface Progress {
  /** Every valid event has its verdict. */
  record Done() implements Progress {}

  /** The step's budget is used up; there is more to do. */
  record More() implements Progress {}

  /** The host failed at this event. Nothing after it has a verdict until a later step succeeds. */
  record Stalled(EventId event, String reason) implements Progress {}
}

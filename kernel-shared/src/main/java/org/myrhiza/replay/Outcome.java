// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

/** How one call of {@code apply} ended. Fuel is what it used, never more than its budget. */
public sealed interface Outcome {
  /** Returns the fuel used, 0 when the host failed. */
  long fuel();

  /** The app accepted the event. */
  record Accepted(long fuel) implements Outcome {}

  /** The app rejected the event, or a limit did; the reason is local. */
  record Rejected(String reason, long fuel) implements Outcome {}

  /** The guest trapped, which counts as rejected and charges the whole budget; kind is local. */
  record Trapped(String kind, long fuel) implements Outcome {}

  /** The budget was used up, which counts as rejected. */
  record OutOfFuel(long fuel) implements Outcome {}

  /** The host failed, which says nothing about the event: replay stops before it. */
  record HostFailure(String reason) implements Outcome {
    @Override
    public long fuel() {
      return 0;
    }
  }
}

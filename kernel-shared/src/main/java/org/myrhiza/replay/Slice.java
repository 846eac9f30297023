// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

/** What one step may still do. */
final class Slice {
  private long fuel;
  private int events = Limits.STEP_EVENTS;

  Slice(long fuel) {
    this.fuel = fuel;
  }

  /** Whether any event was done in it. */
  boolean used() {
    return events < Limits.STEP_EVENTS;
  }

  boolean spent() {
    return fuel <= 0 || events <= 0;
  }

  void event(long fuelUsed) {
    events--;
    fuel -= fuelUsed;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

/**
 * How much fuel replay may spend.
 *
 * @param eventFuel for one apply, as the manifest declares it, 1 to 10,000,000
 * @param stepFuel after which a step starts no further call, above 0
 */
public record ApplyLimits(long eventFuel, long stepFuel) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public ApplyLimits {
    if (eventFuel < 1 || eventFuel > Limits.EVENT_FUEL_MAX || stepFuel < 1) {
      throw new IllegalArgumentException("fuel of an event " + eventFuel + ", step " + stepFuel);
    }
  }

  /** Returns the limits of a bundle that declares this fuel for one apply. */
  public static ApplyLimits of(long eventFuel) {
    return new ApplyLimits(eventFuel, Limits.STEP_FUEL);
  }
}

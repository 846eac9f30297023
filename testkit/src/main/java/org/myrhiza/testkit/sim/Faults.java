// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

/**
 * What goes wrong in a simulation.
 *
 * @param lossPerMille frames of a thousand that are lost
 * @param duplicatePerMille frames of a thousand that arrive twice
 * @param delayMillis greatest delay of a frame; different delays reorder
 * @param persistMillis greatest time until a persist completes
 * @param crashPerMille persists of a thousand at which the peer crashes, half of them before the
 *     batch is in the store, half after
 */
public record Faults(
    int lossPerMille,
    int duplicatePerMille,
    int delayMillis,
    int persistMillis,
    int crashPerMille) {
  /** Nothing goes wrong. */
  public static final Faults NONE = new Faults(0, 0, 2, 2, 0);

  /** Nothing goes wrong, and what one peer says to another arrives in order after a millisecond. */
  public static final Faults CALM = new Faults(0, 0, 1, 2, 0);

  /** Everything arrives, but only after seconds. */
  public static final Faults SLOW = new Faults(0, 0, 5_000, 2, 0);

  /** Everything goes wrong now and then. */
  public static final Faults ALL = new Faults(100, 50, 200, 20, 30);

  /** Whether frames keep their order; different delays reorder them. */
  boolean inOrder() {
    return delayMillis == 1;
  }
}

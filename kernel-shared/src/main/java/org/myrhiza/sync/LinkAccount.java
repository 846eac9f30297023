// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

/**
 * What one link has done wrong. Bad input costs the link that brought it, never the process: it is
 * counted, and past {@link Limits#CHARGE_BOUND} the link is to be closed.
 */
public final class LinkAccount {
  private int points;
  private String lastReason = "";

  /**
   * Counts an offence.
   *
   * @param offence its kind
   * @param reason what was wrong, in words
   * @return whether the link is to be closed now
   */
  public boolean charge(Offence offence, String reason) {
    if (isOver()) {
      return true;
    }
    points += offence.points();
    lastReason = reason;
    return isOver();
  }

  /** Whether the bound is passed. */
  public boolean isOver() {
    return points >= Limits.CHARGE_BOUND;
  }

  /** Points so far. */
  public int points() {
    return points;
  }

  /** The last offence in words; empty when there is none. */
  public String lastReason() {
    return lastReason;
  }
}

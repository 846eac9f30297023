// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.attack;

import java.util.List;

/**
 * What an attack cost whom, and what came of it that must not have.
 *
 * @param name which attack
 * @param spent what the attacker spent on it
 * @param suffered what the peer had of it
 * @param wrong what came out otherwise than the rules have it; empty when all is well
 */
public record Report(String name, Spent spent, Suffered suffered, List<String> wrong) {
  /** Copies the list. */
  public Report {
    wrong = List.copyOf(wrong);
  }

  /**
   * What an attacker spent.
   *
   * @param events that he sent
   * @param bytes of them
   * @param signatures that he made
   * @param nanos until he had them, by the clock that was given
   */
  public record Spent(long events, long bytes, long signatures, long nanos) {}

  /**
   * What a peer had of it.
   *
   * @param nanos until it was at rest again, by the clock that was given
   * @param verified signatures that it verified
   * @param storedBytes by which its store grew
   * @param waiting events that it kept in memory without their past
   * @param unheld events that it kept and does not count
   * @param calls of the app
   * @param undone events that replay went back over
   * @param skipped events that it went forward over again without a call
   * @param points that the attacker's link was charged
   * @param refusals why, and how often
   */
  public record Suffered(
      long nanos,
      long verified,
      long storedBytes,
      int waiting,
      int unheld,
      long calls,
      long undone,
      long skipped,
      long points,
      List<String> refusals) {
    /** Copies the list. */
    public Suffered {
      refusals = List.copyOf(refusals);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

/** What a link can do wrong, and how many points it costs of {@link Limits#CHARGE_BOUND}. */
public enum Offence {
  /** Bytes that are no frame or message. */
  MALFORMED(20),
  /** A frame that does not open under the topic's secret, or names another sender. */
  UNOPENABLE(10),
  /** An event that can never be valid, or whose signature is bad. */
  BAD_EVENT(20),
  /** Events that had to make room because too many of the link's wait for parents. */
  EVICTED(1),
  /** A peer that said it holds what it does not serve. */
  UNSERVED(25),
  /** Ranges of the log tree that cannot be parts of one, or change again and again. */
  INCONSISTENT(25),
  /** A bundle that is not the one asked for. */
  BAD_BUNDLE(50),
  /** More requests than a peer may make, or answers that nobody asked for. */
  FLOOD(1);

  private final int points;

  Offence(int points) {
    this.points = points;
  }

  /** What it costs. */
  public int points() {
    return points;
  }
}

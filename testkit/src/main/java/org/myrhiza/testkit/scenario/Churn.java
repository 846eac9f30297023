// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

/** What a strength says of {@link org.myrhiza.testkit.sim.FaultKind#CHURN}. */
final class Churn {
  /** A peer is away for a while. */
  static final int LEAVES = 0;

  /** A peer joins only now. */
  static final int COMES_LATE = 1;

  private Churn() {}
}

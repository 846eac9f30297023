// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;

/**
 * What the past of an event, itself included, holds of the chains in dispute. Events with the same
 * view share one object.
 */
final class View {
  /** In the place of a tip: the past holds two events of the key with one seq. */
  static final int FORKED = -2;

  /** No own fence. */
  static final int[] NO_FENCES = new int[0];

  /** Numbers of disputes of which the past holds something, ascending. */
  final int[] disputes;

  /** Of each, the last event of the chain in that past, {@link Graph#NONE} or {@link #FORKED}. */
  final int[] tips;

  /** Of each, the own fences in that past that may count, ascending; at most one a principal. */
  final int[][] fences;

  private int acknowledger = Graph.NONE;
  private boolean acknowledgedByMany;

  View(int[] disputes, int[] tips, int[][] fences) {
    this.disputes = disputes;
    this.tips = tips;
    this.fences = fences;
  }

  /** A past that holds nothing of a chain in dispute. */
  static View empty() {
    return new View(new int[0], new int[0], new int[0][]);
  }

  boolean isEmpty() {
    return disputes.length == 0;
  }

  /**
   * Says that a kept event of a principal has this view. Returns whether that can acknowledge what
   * nothing with this view did before: so for the first two principals, since what one of them may
   * not acknowledge, being its own, the other may.
   */
  boolean takeAcknowledger(int principal) {
    if (acknowledgedByMany || acknowledger == principal) {
      return false;
    }
    acknowledgedByMany = acknowledger != Graph.NONE;
    acknowledger = principal;
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other == this || (other instanceof View view && isSameAs(view));
  }

  private boolean isSameAs(View view) {
    return Arrays.equals(disputes, view.disputes)
        && Arrays.equals(tips, view.tips)
        && Arrays.deepEquals(fences, view.fences);
  }

  @Override
  public int hashCode() {
    int hash = Arrays.hashCode(disputes);
    hash = 31 * hash + Arrays.hashCode(tips);
    return 31 * hash + Arrays.deepHashCode(fences);
  }
}

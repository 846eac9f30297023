// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.HashMap;
import java.util.Map;
import org.myrhiza.event.Fence;

/**
 * A fence and what its past holds of the chains that it may count against. A past never changes, so
 * neither does this: what of a chain comes later is outside.
 */
final class FenceMark {
  final int number;
  final Fence fence;

  /** The number of its author's principal. */
  final int principal;

  /** Whether the genesis names that principal as one who may fence. */
  final boolean byFencer;

  // Looked up, never iterated. The last seq inside of each branch.
  private final Map<Branch, Long> inside = new HashMap<>();
  private final Map<Chain, Long> greatest = new HashMap<>();

  FenceMark(int number, Fence fence, int principal, boolean byFencer) {
    this.number = number;
    this.fence = fence;
    this.principal = principal;
    this.byFencer = byFencer;
  }

  /** Says that the past holds an event of a branch with a seq. */
  void include(Branch branch, long seq) {
    inside.merge(branch, seq, Math::max);
    greatest.merge(branch.chain, seq, Math::max);
  }

  boolean includes(Branch branch) {
    return inside.containsKey(branch);
  }

  /** Returns the last seq of a branch in the past, less than its first when there is none. */
  long lastInside(Branch branch) {
    Long last = inside.get(branch);
    return last == null ? branch.firstSeq - 1 : last;
  }

  /** Returns the greatest seq of a chain in the past, 0 when there is none. */
  long greatestInside(Chain chain) {
    Long found = greatest.get(chain);
    return found == null ? 0 : found;
  }
}

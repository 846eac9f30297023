// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;

/**
 * A chain of which not every event counts as a matter of course: its key forked, or it is fenced.
 *
 * @param chain the chain
 * @param knownFork the chain's {@code s0} when this was worked out
 * @param forkSeq the same as far as it matters: {@link #NEVER} when it lies beyond the last event
 *     inside all fences, for there everything is outside a fence already
 * @param fromSeq the least seq that may be suspect or void
 * @param fences those that may count against some event of the chain
 * @param ownFences those of them that are own fences of some event of the chain
 */
record Dispute(
    Chain chain,
    long knownFork,
    long forkSeq,
    long fromSeq,
    List<FenceMark> fences,
    List<FenceMark> ownFences) {
  /** A seq that no event has. */
  static final long NEVER = Long.MAX_VALUE;

  /** Whether the same events are in dispute, for the same reasons. */
  boolean isLike(Dispute other) {
    return forkSeq == other.forkSeq && fromSeq == other.fromSeq && fences.equals(other.fences);
  }
}

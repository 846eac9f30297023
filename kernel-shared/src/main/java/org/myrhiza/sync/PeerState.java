// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import org.jspecify.annotations.Nullable;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Subtree;

/** What is known of one peer of a topic. */
final class PeerState {
  final long link;

  /** What it said that it holds; null before its first hello. */
  @Nullable Frontier told;

  /** Whether it holds something that is missing here. */
  boolean ahead;

  /** Whether it was found ahead anew since the current pull began. */
  boolean aheadAgain;

  /** Whether it said that nothing is missing. */
  boolean synced;

  /** Whether it waits for a hello. */
  boolean owed;

  /** Requests in a row that brought nothing, up to {@link Limits#FAILURES}. */
  int failures;

  /** The root of its log tree, when its heads do not explain how it differs from that here. */
  @Nullable Subtree unexplained;

  /** The root that it told and the one here, when they were last compared to the end. */
  @Nullable Compared compared;

  /** When the requests that it made began to be counted, and how many they are. */
  long countedFrom;

  int requests;

  /** Two roots. */
  record Compared(Subtree theirs, Subtree ours) {}

  /** Number of the last request to it. */
  long lastPull;

  PeerState(long link) {
    this.link = link;
  }

  void foundAhead() {
    ahead = true;
    aheadAgain = true;
    synced = false;
  }

  /** A request brought nothing: after a few, only its next message brings it back. */
  void failed() {
    failures = Math.min(failures + 1, Limits.FAILURES);
    ahead &= isReliable();
  }

  /** Whether it serves what it tells, as far as is known. */
  boolean isReliable() {
    return failures < Limits.FAILURES;
  }

  /** Whether it is to be asked before another. */
  boolean isBefore(PeerState other) {
    return failures == other.failures ? lastPull < other.lastPull : failures < other.failures;
  }
}

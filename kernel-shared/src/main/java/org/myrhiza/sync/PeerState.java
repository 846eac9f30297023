// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import org.jspecify.annotations.Nullable;
import org.myrhiza.log.Frontier;

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

  /** Requests in a row that it left unanswered. */
  int failures;

  PeerState(long link) {
    this.link = link;
  }

  void foundAhead() {
    ahead = true;
    aheadAgain = true;
    synced = false;
    failures = 0;
  }
}

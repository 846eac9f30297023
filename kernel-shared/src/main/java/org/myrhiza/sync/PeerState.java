// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.EventId;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Subtree;

/** What is known of one peer of a topic. */
final class PeerState {
  final long link;

  /** Whether it was chosen here to be told heads. */
  boolean chosen;

  /** How often it was told heads since then. */
  int greeted;

  /** When it was last heard, counted in messages. */
  long heardAt;

  /** What it said that it holds; null before its first hello. */
  @Nullable Frontier told;

  /** Its number for that. */
  long toldRevision;

  /** How many events it said that it holds. */
  int toldCount;

  /** The heads that it pulls with: those of a hello, kept while others are told. */
  @Nullable Frontier pulledWith;

  long pulledRevision;

  /** What it was told to be here, and under which number; 0 when nothing was. */
  Frontier mine = Frontier.NOTHING;

  long mineRevision;

  /** Whether it holds something that is missing here. */
  boolean ahead;

  /** Whether it was found ahead anew since the current pull began. */
  boolean aheadAgain;

  /** Whether it said that nothing is missing. */
  boolean synced;

  /** Whether it waits for a hello. */
  boolean owed;

  /** Whether it said that more events are to come than came. */
  boolean overclaimed;

  /** Requests in a row that brought nothing, up to {@link Limits#FAILURES}. */
  int failures;

  /** The root of its log tree, when its heads do not explain how it differs from that here. */
  @Nullable Subtree unexplained;

  /** The root that it told and the one here, when they were last compared to the end. */
  @Nullable Compared compared;

  /** When the requests that it made began to be counted, and how many they are. */
  long countedFrom;

  int requests;

  /** Whether new events are only announced to it: it has them sooner from others. */
  boolean lazy;

  /** What is to be announced to it. */
  final TreeSet<EventId> toAnnounce = new TreeSet<>();

  /** How many events it announced that are waited for. */
  int promised;

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

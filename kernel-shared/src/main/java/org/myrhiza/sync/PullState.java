// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import org.jspecify.annotations.Nullable;
import org.myrhiza.log.Frontier;

/** The one pull of a topic that is under way: a request and the page that answers it. */
final class PullState {
  final long number;
  final PeerState peer;

  /** What the peer had told when the pull began: what it must be able to serve. */
  final @Nullable Frontier told;

  boolean pageSeen;
  boolean more;
  boolean completeSeen;
  int completeSent;

  /** Whether the page brought an event that was not valid here before. */
  boolean broughtSome;

  /** Whether there was no room for an event of the page. */
  boolean dropped;

  /** Events of the page of which it is not known yet what becomes of them. */
  int unsettled;

  PullState(long number, PeerState peer) {
    this.number = number;
    this.peer = peer;
    this.told = peer.told;
  }

  boolean isComplete() {
    return completeSeen && unsettled == 0 && !dropped && (pageSeen ? !more : completeSent == 0);
  }
}

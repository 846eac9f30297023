// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

/** One pull under way: a request for a range, and the page that answers it. */
final class Ask {
  final long number;
  final PeerState peer;
  final Span span;

  /** Most events that the page may hold. */
  final int most;

  /** Pages after this one of which it asks to be told where they end. */
  int ahead;

  /** Whether it names heads that its peer was told before. */
  boolean named;

  boolean pageSeen;
  boolean more;

  /** Whether the page told where it ends, so that what follows could be asked for. */
  boolean planned;

  boolean completeSeen;
  int completeSent;

  /** Events of the page. */
  int got;

  /** Whether the page brought an event that was not known here before. */
  boolean broughtSome;

  /** Whether there was no room for an event of the page. */
  boolean dropped;

  /** Events of the page of which it is not known yet what becomes of them. */
  int unsettled;

  Ask(long number, PeerState peer, Span span, int most) {
    this.number = number;
    this.peer = peer;
    this.span = span;
    this.most = most;
  }

  /** Whether the page and all its events have been dealt with. */
  boolean isDone() {
    if (unsettled > 0 || dropped) {
      return false;
    }
    boolean ended = completeSeen && (pageSeen || completeSent == 0);
    return ended || (pageSeen && more);
  }

  /** Events that it may still bring into verification. */
  int inFlight() {
    return pageSeen ? unsettled : most;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * What a log remembers of a valid event, whose other bytes may be in the store alone.
 *
 * @param place where it stands in the canonical order, for good
 * @param principal the long-term key it counts for
 * @param signer the chain key
 * @param seq its number in its chain, from 1
 * @param kind what it is for
 * @param clock the moment that its author gives
 * @param sizeBytes about how many bytes it takes in a message, never fewer
 */
public record LogEntry(
    Place place,
    PublicKey principal,
    PublicKey signer,
    long seq,
    EventKind kind,
    Clock clock,
    int sizeBytes) {

  static LogEntry of(Event event, PublicKey principal, Place place) {
    EventHeader header = event.header();
    return new LogEntry(
        place,
        principal,
        header.signer(),
        header.seq(),
        header.kind(),
        header.clock(),
        Sizes.of(event));
  }

  /** Returns the event's id. */
  public EventId id() {
    return place.id();
  }

  /** Returns 1 for the genesis, else one more than the deepest parent's. */
  public long depth() {
    return place.depth();
  }

  /** Returns whether the other is the entry of the same event; null is not. */
  public boolean sameAs(@Nullable LogEntry other) {
    return other != null && id().equals(other.id());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * A valid event.
 *
 * @param event the event
 * @param principal the long-term key it counts for
 * @param place where it stands in the canonical order, for good
 */
public record LogEntry(Event event, PublicKey principal, Place place) {
  /** Returns the event's id. */
  public EventId id() {
    return place.id();
  }

  /** Returns 1 for the genesis, else one more than the deepest parent's. */
  public long depth() {
    return place.depth();
  }

  /** Returns the event's number in its chain, from 1. */
  public long seq() {
    return event.header().seq();
  }

  /** Returns the chain key. */
  public PublicKey signer() {
    return event.header().signer();
  }

  /** Returns whether the other is the entry of the same event; null is not. */
  public boolean sameAs(@Nullable LogEntry other) {
    return other != null && id().equals(other.id());
  }

  /** Returns what a genesis says; empty for any other event. */
  public Optional<Genesis> genesis() {
    if (event.header().kind() != EventKind.GENESIS) {
      return Optional.empty();
    }
    return switch (Genesis.CODEC.decode(event.payload())) {
      case Decoded.Ok<Genesis>(Genesis genesis) -> Optional.of(genesis);
      case Decoded.Bad<Genesis> bad -> Optional.empty();
    };
  }

  /** Returns about how many bytes the event takes in a message, never fewer. */
  int sizeBytes() {
    return Sizes.of(event);
  }
}

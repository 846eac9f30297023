// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Optional;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * A valid event with all its bytes, as it is stored.
 *
 * @param entry what the log remembers of it
 * @param event the event
 */
public record StoredEvent(LogEntry entry, Event event) {
  /** Returns a valid event with what the log remembers of it. */
  public static StoredEvent of(Event event, PublicKey principal, Place place) {
    return new StoredEvent(LogEntry.of(event, principal, place), event);
  }

  /** Returns the event's id. */
  public EventId id() {
    return entry.id();
  }

  /** Returns where it stands in the canonical order. */
  public Place place() {
    return entry.place();
  }

  /** Returns what a genesis says; empty for any other event. */
  public Optional<Genesis> genesis() {
    if (entry.kind() != EventKind.GENESIS) {
      return Optional.empty();
    }
    return switch (Genesis.CODEC.decode(event.payload())) {
      case Decoded.Ok<Genesis>(Genesis genesis) -> Optional.of(genesis);
      case Decoded.Bad<Genesis> bad -> Optional.empty();
    };
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.TreeSet;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;

/**
 * The latest events that proved never to be valid, by their ancestors and with good signatures:
 * what cites one of them is refused at once instead of waiting for it. Forgetting one costs time,
 * never correctness.
 */
final class KnownBad {
  private final TreeSet<EventId> ids = new TreeSet<>();
  private final ArrayDeque<EventId> byAge = new ArrayDeque<>();

  void add(EventId id) {
    if (ids.add(id)) {
      byAge.addLast(id);
    }
    if (byAge.size() > Limits.KNOWN_BAD) {
      ids.remove(byAge.removeFirst());
    }
  }

  /** Returns why an event cannot be valid, if it is remembered or cites one that is. */
  Optional<Refusal> why(Event event) {
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    if (ids.contains(event.id())) {
      return Optional.of(refusal("event", event.id()));
    }
    for (EventId parent : event.header().parents()) {
      if (ids.contains(parent)) {
        return Optional.of(refusal("parent of an event", parent));
      }
    }
    return Optional.empty();
  }

  private static Refusal refusal(String what, EventId id) {
    return new Refusal(what, id.text() + ", which is not valid", "a valid event");
  }
}

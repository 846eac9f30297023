// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventCheck;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.EventVerdict;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;

/**
 * A page of reference code for the log: the valid set, the order, the heads and the forks of a set
 * of events, from the words of rules.md 4 and 5, computed anew each time.
 */
public final class SlowLog {
  private final TopicId topic;
  private final TreeMap<EventId, Event> valid = new TreeMap<>();
  private final TreeMap<EventId, PublicKey> principals = new TreeMap<>();

  private SlowLog(TopicId topic) {
    this.topic = topic;
  }

  /** Returns the log that these events make. */
  public static SlowLog of(TopicId topic, Collection<Event> events) {
    SlowLog log = new SlowLog(topic);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Event event : events) {
        grew |= log.admit(event);
      }
    }
    return log;
  }

  private boolean admit(Event event) {
    if (valid.containsKey(event.id()) || !valid.keySet().containsAll(event.header().parents())) {
      return false;
    }
    if (!(EventCheck.check(event, topic) instanceof EventVerdict.Passed passed)) {
      return false;
    }
    Optional<PublicKey> principal = principal(event, passed);
    if (principal.isEmpty()) {
      return false;
    }
    valid.put(event.id(), event);
    principals.put(event.id(), principal.get());
    return true;
  }

  private Optional<PublicKey> principal(Event event, EventVerdict.Passed passed) {
    EventHeader header = event.header();
    if (header.kind() == EventKind.GENESIS) {
      return passed.principal();
    }
    if (header.prev().isEmpty()) {
      boolean founder =
          valid.values().stream()
              .anyMatch(other ->
                  other.header().kind() == EventKind.GENESIS
                      && other.header().signer().equals(header.signer()));
      boolean join = header.kind() == EventKind.JOIN && header.seq() == 1;
      return founder || !join || header.parents().isEmpty() ? Optional.empty() : passed.principal();
    }
    Event prev = valid.get(header.prev().get());
    boolean follows =
        prev != null
            && prev.header().signer().equals(header.signer())
            && prev.header().seq() + 1 == header.seq()
            && header.clock().compareTo(prev.header().clock()) > 0;
    return follows ? Optional.of(principal(header.prev().get())) : Optional.empty();
  }

  /** Returns the canonical order. */
  public List<EventId> order() {
    TreeMap<EventId, Long> depths = new TreeMap<>();
    TreeSet<Place> places = new TreeSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Event event : valid.values()) {
        if (!depths.containsKey(event.id())
            && depths.keySet().containsAll(event.header().parents())) {
          long depth = 1;
          for (EventId parent : event.header().parents()) {
            depth = Math.max(depth, depths.getOrDefault(parent, 0L) + 1);
          }
          depths.put(event.id(), depth);
          places.add(Place.of(topic, depth, principal(event.id()), event.id()));
          more = true;
        }
      }
    }
    List<EventId> order = new ArrayList<>();
    places.forEach(place -> order.add(place.id()));
    return order;
  }

  /** Returns the valid events that none of them cites. */
  public List<EventId> heads() {
    TreeSet<EventId> heads = new TreeSet<>(valid.keySet());
    valid.values().forEach(event -> event.header().parents().forEach(heads::remove));
    return List.copyOf(heads);
  }

  /** Returns the least seq at which each forked key has two events. */
  public Map<PublicKey, Long> forks() {
    TreeMap<PublicKey, Long> forks = new TreeMap<>();
    for (Event one : valid.values()) {
      for (Event other : valid.values()) {
        EventHeader header = one.header();
        if (!one.id().equals(other.id())
            && header.signer().equals(other.header().signer())
            && header.seq() == other.header().seq()) {
          forks.merge(header.signer(), header.seq(), Math::min);
        }
      }
    }
    return forks;
  }

  /** Returns the valid events. */
  public Map<EventId, Event> valid() {
    return valid;
  }

  /** Returns whom a valid event counts for. */
  public PublicKey principal(EventId id) {
    PublicKey principal = principals.get(id);
    if (principal == null) {
      throw new IllegalArgumentException("not valid: " + id.text());
    }
    return principal;
  }
}

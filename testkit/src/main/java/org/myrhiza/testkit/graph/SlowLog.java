// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventCheck;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.EventVerdict;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;

/**
 * Reference code for the log: the valid set, the order, the heads and the forks of a set of events
 * and proofs, from the words of rules.md 4 to 6, computed anew each time. What is kept and held is
 * in {@link SlowKept}.
 */
public final class SlowLog {
  private final TopicId topic;
  private final TreeMap<EventId, Event> valid = new TreeMap<>();
  private final TreeMap<EventId, PublicKey> principals = new TreeMap<>();
  private final List<ForkProof> given = new ArrayList<>();
  private @Nullable SlowKept kept;

  private SlowLog(TopicId topic, Collection<Event> events, Collection<ForkProof> proofs) {
    this.topic = topic;
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Event event : events) {
        grew |= admit(event);
      }
    }
    for (ForkProof proof : proofs) {
      if (proof.isWithin(topic)) {
        given.add(proof);
      }
    }
  }

  /** Returns the log that these events make. */
  public static SlowLog of(TopicId topic, Collection<Event> events) {
    return of(topic, events, List.of());
  }

  /** Returns the log that these events and gossiped proofs make; signatures are taken as good. */
  public static SlowLog of(TopicId topic, Collection<Event> events, Collection<ForkProof> proofs) {
    return new SlowLog(topic, events, proofs);
  }

  /** Returns the log of a peer that holds this and another peer's held events and proofs. */
  public SlowLog merge(SlowLog other) {
    List<Event> events = new ArrayList<>(heldEvents());
    events.addAll(other.heldEvents());
    List<ForkProof> proofs = new ArrayList<>(proofs().values());
    proofs.addAll(other.proofs().values());
    return of(topic, events, proofs);
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
      boolean first = !founder && join && !header.parents().isEmpty();
      return passed.principal().filter(who -> first && SlowAdmission.lets(this, event, who));
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

  /** Returns the least seq at which each forked key has two valid events. */
  public Map<PublicKey, Long> forks() {
    TreeMap<PublicKey, Long> forks = new TreeMap<>();
    ownProofs()
        .forEach(proof -> forks.merge(proof.first().signer(), proof.first().seq(), Math::min));
    return forks;
  }

  private List<ForkProof> ownProofs() {
    List<ForkProof> proofs = new ArrayList<>();
    List<Event> events = new ArrayList<>(valid.values());
    for (int i = 0; i < events.size(); i++) {
      for (int j = 0; j < i; j++) {
        EventHeader one = events.get(i).header();
        EventHeader other = events.get(j).header();
        if (one.seq() == other.seq() && one.signer().equals(other.signer())) {
          proofs.add(ForkProof.of(events.get(i), events.get(j)));
        }
      }
    }
    return proofs;
  }

  /** Returns one proof of each key's least known fork, from valid events or from given proofs. */
  public Map<PublicKey, ForkProof> proofs() {
    TreeMap<PublicKey, ForkProof> proofs = new TreeMap<>();
    List<ForkProof> all = new ArrayList<>(given);
    all.addAll(ownProofs());
    for (ForkProof proof : all) {
      proofs.merge(
          proof.first().signer(), proof, (a, b) -> a.first().seq() <= b.first().seq() ? a : b);
    }
    return proofs;
  }

  /** Returns {@code s0}: from which seq on each forked key's events are suspect. */
  public Map<PublicKey, Long> s0() {
    TreeMap<PublicKey, Long> s0 = new TreeMap<>();
    proofs().forEach((key, proof) -> s0.put(key, proof.first().seq()));
    return s0;
  }

  /**
   * Returns those entries of some log's {@code s0} that change anything: where a key is fenced,
   * only up to its last seq inside all its fences, as far as they are known here.
   */
  public Map<PublicKey, Long> mattering(Map<PublicKey, Long> s0) {
    TreeMap<PublicKey, Long> mattering = new TreeMap<>();
    s0.forEach((key, seq) -> {
      if (!rules().fenced(key) || seq <= rules().lastInside(key)) {
        mattering.put(key, seq);
      }
    });
    return mattering;
  }

  /** Returns the events that reach the app, in canonical order. */
  public List<EventId> kept() {
    return rules().kept();
  }

  /** Returns the events that a peer stores and forwards. */
  public Set<EventId> held() {
    return rules().held();
  }

  /** Returns the held events themselves. */
  public List<Event> heldEvents() {
    List<Event> events = new ArrayList<>();
    held().forEach(id -> events.add(event(id)));
    return events;
  }

  /** Returns the rules of section 6 for this log's events one by one. */
  public SlowKept rules() {
    SlowKept rules = kept;
    if (rules == null) {
      rules = new SlowKept(this);
      kept = rules;
    }
    return rules;
  }

  /** Returns the valid events. */
  public Map<EventId, Event> valid() {
    return valid;
  }

  /** Returns a valid event. */
  public Event event(EventId id) {
    Event event = valid.get(id);
    if (event == null) {
      throw new IllegalArgumentException("not valid: " + id.text());
    }
    return event;
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

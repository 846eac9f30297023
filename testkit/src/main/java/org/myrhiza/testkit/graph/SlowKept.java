// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Fence;
import org.myrhiza.event.Genesis;
import org.myrhiza.identity.PublicKey;

/**
 * Reference code for forks and fences: which valid events are void, suspect, acknowledged, kept and
 * held, from the words of rules.md 6, each question answered on its own.
 */
public final class SlowKept {
  private final SlowLog log;
  private final Map<PublicKey, Long> s0;
  private final List<EventId> order;
  private final TreeMap<EventId, Set<EventId>> pasts = new TreeMap<>();
  private final TreeMap<EventId, Fence> fences = new TreeMap<>();
  private final TreeSet<PublicKey> fencers = new TreeSet<>();
  private final TreeSet<EventId> acknowledged = new TreeSet<>();
  private final TreeSet<EventId> kept = new TreeSet<>();

  SlowKept(SlowLog log) {
    this.log = log;
    s0 = log.s0();
    order = log.order();
    for (EventId id : order) {
      Event event = log.event(id);
      pasts.put(id, past(event));
      if (event.header().kind() == EventKind.FENCE) {
        fences.put(id, Fence.CODEC.decode(event.payload()).orThrow());
      }
      if (event.header().kind() == EventKind.GENESIS) {
        fencers.addAll(Genesis.CODEC.decode(event.payload()).orThrow().policy().fencers());
      }
    }
    walk();
  }

  private Set<EventId> past(Event event) {
    TreeSet<EventId> past = new TreeSet<>();
    for (EventId parent : event.header().parents()) {
      past.add(parent);
      past.addAll(past(parent));
    }
    return past;
  }

  /** From the end of the order to its start: acknowledgers are deeper. */
  private void walk() {
    for (EventId id : order.reversed()) {
      boolean counts = !isSuspect(id) || acknowledged.contains(id);
      if (!isVoid(id) && counts) {
        kept.add(id);
        Set<PublicKey> forked = keysThatForkIn(past(id));
        past(id).stream()
            .filter(seen -> !forked.contains(signer(seen)) && acknowledges(id, seen))
            .forEach(acknowledged::add);
      }
    }
  }

  private PublicKey signer(EventId id) {
    return log.event(id).header().signer();
  }

  private long seq(EventId id) {
    return log.event(id).header().seq();
  }

  /** Returns the ancestors of a valid event, without itself. */
  public Set<EventId> past(EventId id) {
    return pasts.getOrDefault(id, Set.of());
  }

  // ---- fences

  private Fence fence(EventId id) {
    Fence fence = fences.get(id);
    if (fence == null) {
      throw new IllegalArgumentException("no fence: " + id.text());
    }
    return fence;
  }

  /** Returns whether a fence by a key of a principal that may fence is over an event's author. */
  private boolean isPolicyFenceOver(EventId fence, EventId event) {
    Fence names = fence(fence);
    PublicKey named =
        switch (names.subject()) {
          case CHAIN_KEY -> signer(event);
          case PRINCIPAL -> log.principal(event);
        };
    return names.key().equals(named)
        && fencers.contains(log.principal(fence))
        && !fencers.contains(log.principal(event));
  }

  /** Returns whether a fence is by an event's principal over the event's chain key. */
  private boolean isOwnFenceOver(EventId fence, EventId event) {
    Fence names = fence(fence);
    return names.subject() == Fence.Subject.CHAIN_KEY
        && names.key().equals(signer(event))
        && log.principal(fence).equals(log.principal(event));
  }

  /** Returns whether an event is outside of a policy fence. */
  public boolean isVoid(EventId event) {
    return fences.keySet().stream()
        .anyMatch(fence -> isPolicyFenceOver(fence, event) && !past(fence).contains(event));
  }

  /** Returns whether an event is outside of an own fence among some fences. */
  private boolean isOutsideOwn(Set<EventId> among, EventId event) {
    return fences.keySet().stream()
        .filter(among::contains)
        .anyMatch(fence -> isOwnFenceOver(fence, event) && !past(fence).contains(event));
  }

  /** Returns whether an event has to be acknowledged to be kept. */
  public boolean isSuspect(EventId event) {
    boolean forked = s0.getOrDefault(signer(event), Long.MAX_VALUE) <= seq(event);
    return forked || isOutsideOwn(fences.keySet(), event);
  }

  // ---- acknowledged

  private Set<PublicKey> keysThatForkIn(Set<EventId> past) {
    TreeSet<PublicKey> forked = new TreeSet<>();
    TreeMap<PublicKey, TreeSet<Long>> seqs = new TreeMap<>();
    for (EventId id : past) {
      if (!seqs.computeIfAbsent(signer(id), key -> new TreeSet<>()).add(seq(id))) {
        forked.add(signer(id));
      }
    }
    return forked;
  }

  /** Returns whether a kept event acknowledges one in its past whose key does not fork there. */
  private boolean acknowledges(EventId reader, EventId event) {
    return !log.principal(reader).equals(log.principal(event))
        && !isOutsideOwn(past(reader), event);
  }

  /** Returns whether some kept event acknowledges an event. */
  public boolean isAcknowledged(EventId event) {
    return acknowledged.contains(event);
  }

  // ---- kept and held

  List<EventId> kept() {
    return order.stream().filter(kept::contains).toList();
  }

  Set<EventId> held() {
    TreeSet<EventId> held = new TreeSet<>(kept);
    held.addAll(fences.keySet());
    List.copyOf(held).forEach(id -> held.addAll(past(id)));
    return held;
  }

  // ---- where s0 matters

  private List<EventId> eventsOf(PublicKey key) {
    List<EventId> events = new ArrayList<>(order);
    events.removeIf(id -> !signer(id).equals(key));
    return events;
  }

  /** Returns whether every valid event of a key is under some fence, own or of the policy. */
  boolean fenced(PublicKey key) {
    List<EventId> events = eventsOf(key);
    boolean named =
        fences.entrySet().stream()
            .anyMatch(fence ->
                fence.getValue().equals(new Fence(Fence.Subject.CHAIN_KEY, key))
                    && fencers.contains(log.principal(fence.getKey())));
    return events.isEmpty() ? named : events.stream().allMatch(this::isUnderAFence);
  }

  private boolean isUnderAFence(EventId event) {
    return fences.keySet().stream()
        .anyMatch(fence -> isPolicyFenceOver(fence, event) || isOwnFenceOver(fence, event));
  }

  /**
   * Returns the last seq of a key's events that no fence over them excludes, 0 if there is none.
   */
  long lastInside(PublicKey key) {
    return eventsOf(key).stream()
        .filter(id -> !isVoid(id) && !isOutsideOwn(fences.keySet(), id))
        .mapToLong(this::seq)
        .max()
        .orElse(0);
  }
}

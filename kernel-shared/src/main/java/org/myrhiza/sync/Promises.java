// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;

/**
 * What peers announced and did not send: asked for when it has not come by itself after a while. A
 * peer that announced what it cannot serve pays for it, and the next one that announced it is
 * asked.
 */
final class Promises {
  private final Peers peers;
  private final SyncPort port;
  private final BiConsumer<PeerState, List<Event>> taker;
  private final TreeMap<EventId, Promise> open = new TreeMap<>();
  private final TreeMap<Long, Asked> asked = new TreeMap<>();
  private final TreeSet<EventId> arriving = new TreeSet<>();
  private long wakesMillis = Long.MAX_VALUE;

  /** An event that was announced: by whom, and when it is to be asked for. */
  private static final class Promise {
    private final ArrayDeque<PeerState> by = new ArrayDeque<>();
    private long dueMillis;
  }

  /** Events that one peer was asked for. */
  private record Asked(PeerState peer, TreeSet<EventId> events) {}

  /**
   * Nothing is promised.
   *
   * @param taker gets events that were asked for
   */
  Promises(Peers peers, BiConsumer<PeerState, List<Event>> taker) {
    this.peers = peers;
    this.port = peers.port;
    this.taker = taker;
  }

  /** Whether something was asked of a peer. */
  boolean isAsked(PeerState peer) {
    return asked.values().stream().anyMatch(each -> each.peer == peer);
  }

  /** Events that are waited for. */
  int size() {
    return open.size();
  }

  /** An event came and is looked at. */
  void arrives(EventId id) {
    arriving.add(id);
  }

  /** It is known what became of it. */
  void arrived(EventId id) {
    arriving.remove(id);
  }

  /** A peer announced events. */
  void announced(PeerState peer, List<EventId> events) {
    if (peers.asksTooMuch(peer) || port.wanted() == 0) {
      return;
    }
    long due = port.nowMillis() + Limits.GRAFT_MILLIS;
    for (EventId id : events) {
      boolean full = peer.promised >= Limits.ANNOUNCED_OF_LINK;
      if (!full && !port.log().contains(id)) {
        promise(peer, id, due);
      }
    }
    waitFor(due);
  }

  private void promise(PeerState peer, EventId id, long due) {
    Promise promise = open.get(id);
    if (promise == null) {
      if (open.size() >= Limits.ANNOUNCED) {
        return;
      }
      promise = new Promise();
      promise.dueMillis = due;
      open.put(id, promise);
    }
    if (promise.by.size() < Limits.ANNOUNCERS && !promise.by.contains(peer)) {
      promise.by.add(peer);
      peer.promised++;
    }
  }

  private void waitFor(long due) {
    if (due < wakesMillis && !open.isEmpty()) {
      wakesMillis = due;
      port.timer(
          due,
          () -> {
            if (wakesMillis == due) {
              ask();
            }
          });
    }
  }

  /** Asks for what is due, each event of the first that announced it and is still there. */
  private void ask() {
    wakesMillis = Long.MAX_VALUE;
    TreeMap<Long, TreeSet<EventId>> batches = new TreeMap<>();
    long next = Long.MAX_VALUE;
    for (EventId id : List.copyOf(open.keySet())) {
      Promise promise = open.get(id);
      if (promise == null || port.log().contains(id)) {
        close(id);
      } else if (promise.dueMillis > port.nowMillis()) {
        next = Math.min(next, promise.dueMillis);
      } else if (arriving.contains(id)) {
        promise.dueMillis = port.nowMillis() + Limits.ANNOUNCE_MILLIS;
        next = Math.min(next, promise.dueMillis);
      } else {
        PeerState peer = nextOf(promise);
        if (peer == null) {
          close(id);
        } else {
          promise.dueMillis = port.nowMillis() + 2 * Limits.RETRY_MILLIS;
          next = Math.min(next, promise.dueMillis);
          batches.computeIfAbsent(peer.link, _ -> new TreeSet<>()).add(id);
        }
      }
    }
    batches.forEach(this::graft);
    if (!open.isEmpty()) {
      waitFor(next);
    }
  }

  private @Nullable PeerState nextOf(Promise promise) {
    PeerState peer = promise.by.poll();
    while (peer != null) {
      peer.promised--;
      if (peers.get(peer.link) == peer) {
        return peer;
      }
      peer = promise.by.poll();
    }
    return null;
  }

  private void close(EventId id) {
    Promise promise = open.remove(id);
    if (promise != null) {
      promise.by.forEach(peer -> peer.promised--);
    }
  }

  private void graft(long link, SortedSet<EventId> events) {
    PeerState peer = peers.get(link);
    if (peer == null) {
      return;
    }
    peer.lazy = false;
    TreeSet<EventId> batch = new TreeSet<>();
    for (EventId id : events) {
      batch.add(id);
      if (batch.size() == Limits.PAGE_EVENTS || id.equals(events.last())) {
        send(peer, batch);
        batch = new TreeSet<>();
      }
    }
  }

  private void send(PeerState peer, Set<EventId> events) {
    long number = peers.nextRequest(peer);
    asked.put(number, new Asked(peer, new TreeSet<>(events)));
    port.send(peer.link, new Message.Graft(number, List.copyOf(events)));
    port.timer(port.nowMillis() + Limits.RETRY_MILLIS, () -> expire(number));
  }

  private void expire(long number) {
    Asked silent = asked.remove(number);
    if (silent != null) {
      silent.peer.failed();
      askOthers(silent.events);
    }
  }

  /** What one did not serve is asked of the next who announced it. */
  private void askOthers(Set<EventId> events) {
    for (EventId id : events) {
      Promise promise = open.get(id);
      if (promise != null) {
        promise.dueMillis = port.nowMillis();
      }
    }
    ask();
  }

  /** Takes events; returns whether they were asked for here. */
  boolean take(PeerState from, Message.Events message) {
    Asked answered = answered(from, message.number());
    if (answered == null) {
      return false;
    }
    List<Event> fitting = new ArrayList<>();
    for (Event event : message.events()) {
      if (answered.events.remove(event.id())) {
        fitting.add(event);
      } else {
        port.charge(from.link, Offence.FLOOD, "an event that nobody asked for");
      }
    }
    taker.accept(from, fitting);
    if (message.more() && !fitting.isEmpty() && !answered.events.isEmpty()) {
      send(from, answered.events);
    } else if (!answered.events.isEmpty()) {
      unserved(answered);
    }
    return true;
  }

  /** Takes the answer that no event is there; returns whether one was asked for here. */
  boolean take(PeerState from, Message.SyncComplete message) {
    Asked answered = answered(from, message.number());
    if (answered != null) {
      unserved(answered);
    }
    return answered != null;
  }

  private @Nullable Asked answered(PeerState from, long number) {
    Asked answered = asked.get(number);
    if (answered == null || answered.peer != from) {
      return null;
    }
    asked.remove(number);
    return answered;
  }

  private void unserved(Asked answered) {
    port.charge(
        answered.peer.link, Offence.UNSERVED, "events were announced one by one and not served");
    answered.peer.failed();
    askOthers(answered.events);
  }
}

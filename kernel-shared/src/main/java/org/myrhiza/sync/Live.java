// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.instance.Received;
import org.myrhiza.log.StoredEvent;

/**
 * Brings new events to everyone soon.
 *
 * <p>A relay carries one frame to all members of a channel, so who authors an event publishes it
 * there once. Direct links carry to one peer each, and there events run along a tree: who gets one
 * that is new sends it on; who gets one that was there already says so ({@link Message.Prune}), and
 * that link only announces from then on; what was announced and does not come is asked for, which
 * makes the link carry events again ({@link Promises}). So each event crosses about as many links
 * as there are peers, and a link that breaks costs one delay. What gets lost nevertheless is told
 * by heads.
 */
final class Live {
  private final Peers peers;
  private final SyncPort port;
  private final Promises promises;
  private final Consumer<PeerState> behind;
  private boolean announces;

  /**
   * No events yet.
   *
   * @param behind told of a peer that sent events whose past is missing here
   */
  Live(Peers peers, Consumer<PeerState> behind) {
    this.peers = peers;
    this.port = peers.port;
    this.behind = behind;
    promises = new Promises(peers, this::take);
  }

  /** What peers announced. */
  Promises promises() {
    return promises;
  }

  /** Sends events that were authored here. */
  void push(List<Event> events) {
    spread(events, Audience.HERE);
  }

  /** A message of events that were not pulled, and what of it is still looked at. */
  private static final class Arrival {
    private final PeerState from;
    private final boolean pushed;
    private int open;
    private boolean isNews;

    private Arrival(PeerState from, boolean pushed, int open) {
      this.from = from;
      this.pushed = pushed;
      this.open = open;
    }
  }

  /** Takes events that a peer sent of itself. */
  void pushed(PeerState peer, List<Event> events) {
    Arrival arrival = new Arrival(peer, true, events.size());
    events.forEach(event -> receive(event, arrival));
  }

  private void take(PeerState peer, List<Event> events) {
    Arrival arrival = new Arrival(peer, false, events.size());
    events.forEach(event -> receive(event, arrival));
  }

  private void receive(Event event, Arrival arrival) {
    promises.arrives(event.id());
    port.receive(
        event,
        arrival.from.link,
        received -> {
          promises.arrived(event.id());
          arrival.open--;
          switch (received) {
            case Received.Placed placed -> {
              arrival.isNews = true;
              forward(arrival.from, placed.events());
            }
            case Received.Waiting waiting -> {
              arrival.isNews = true;
              behind.accept(arrival.from);
            }
            case Received.Dropped dropped -> {
              arrival.isNews = true;
              behind.accept(arrival.from);
            }
            case Received.Known known -> {}
            case Received.Refused refused -> arrival.isNews = true;
          }
          if (arrival.open == 0 && arrival.pushed) {
            weigh(arrival);
          }
        });
  }

  /** Whether events still have to come over a link of their own. */
  private void weigh(Arrival arrival) {
    PeerState from = arrival.from;
    if (peers.get(from.link) != from || !port.isDirect(from.link)) {
      return;
    }
    if (arrival.isNews) {
      from.lazy = false;
    } else if (othersCarry(from)) {
      from.lazy = true;
      port.send(from.link, new Message.Prune());
    }
  }

  /** Whether another direct link carries events, so that one may stop. */
  private boolean othersCarry(PeerState than) {
    for (PeerState peer : peers.near()) {
      if (peer != than && !peer.lazy && port.isDirect(peer.link)) {
        return true;
      }
    }
    return false;
  }

  /** A peer has new events sooner from another. */
  void pruned(PeerState peer) {
    peer.lazy = true;
  }

  /** A peer wants new events as soon as they are there. */
  void grafted(PeerState peer) {
    peer.lazy = false;
  }

  private void forward(PeerState from, List<StoredEvent> placed) {
    List<Event> events = new ArrayList<>();
    for (StoredEvent stored : placed) {
      if (port.log().isHeld(stored.id())) {
        events.add(stored.event());
      }
    }
    spread(events, from.link);
  }

  private void spread(List<Event> events, long source) {
    if (events.isEmpty() || peers.isEmpty()) {
      return;
    }
    List<Long> direct = new ArrayList<>();
    for (PeerState peer : peers.near()) {
      if (peer.link != source && port.isDirect(peer.link)) {
        if (peer.lazy) {
          announceLater(peer, events);
        } else {
          direct.add(peer.link);
        }
      }
    }
    publish(events, new Audience(direct, source));
  }

  private void publish(List<Event> events, Audience audience) {
    List<Event> page = new ArrayList<>();
    int bytes = 0;
    for (Event event : events) {
      int size = event.encode().size();
      if (!page.isEmpty()
          && (page.size() == Limits.PAGE_EVENTS || bytes + size > Limits.PAGE_BYTES)) {
        port.publish(new Message.Events(0, page, false), audience);
        page = new ArrayList<>();
        bytes = 0;
      }
      page.add(event);
      bytes += size;
    }
    port.publish(new Message.Events(0, page, false), audience);
  }

  private void announceLater(PeerState peer, List<Event> events) {
    for (Event event : events) {
      if (peer.toAnnounce.size() < Limits.ANNOUNCED_OF_LINK) {
        peer.toAnnounce.add(event.id());
      }
    }
    if (!announces) {
      announces = true;
      port.timer(port.nowMillis() + Limits.ANNOUNCE_MILLIS, this::announce);
    }
  }

  private void announce() {
    announces = false;
    for (PeerState peer : peers.near()) {
      TreeSet<EventId> ids = peer.toAnnounce;
      ids.removeIf(id -> !port.log().isHeld(id));
      List<EventId> batch = new ArrayList<>();
      while (!ids.isEmpty()) {
        batch.add(ids.removeFirst());
        if (ids.isEmpty() || batch.size() == Limits.PAGE_EVENTS) {
          port.send(peer.link, new Message.Announce(batch));
          batch = new ArrayList<>();
        }
      }
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.instance.Received;
import org.myrhiza.log.Cut;
import org.myrhiza.log.LogTree;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Subtree;

/**
 * Finds what a peer holds and what is missing here by comparing log trees from the root down, and
 * brings it.
 *
 * <p>Ranges that differ are asked for, the first of the order first, many at a time, until they are
 * told event by event. Missing events are asked for by id as soon as nothing before them is open,
 * so that parents come before children. The peer keeps nothing in mind between requests: what it
 * says is checked here. Parts must add up to what their range was said to be. A range may have
 * changed meanwhile, since peers live, but not again and again; and what it tells as an event it
 * must serve.
 */
final class Descent {
  /** How a descent ends. */
  enum Ending {
    /** Everything that the peer told was compared. */
    COMPARED,
    /** There was more than is kept in mind at once. */
    MORE,
    /** The peer did not do its part. */
    FAILED
  }

  final PeerState peer;
  private final Peers peers;
  private final SyncPort port;
  private final Consumer<Ending> ended;
  private final TreeMap<Prefix, Subtree> open = new TreeMap<>();
  private final TreeMap<Prefix, EventId> lacking = new TreeMap<>();
  private final TreeSet<EventId> wanted = new TreeSet<>();
  private List<Prefix> asked = List.of();
  private long number;
  private boolean waiting;
  private int unsettled;
  private boolean more;
  private boolean dropped;
  private boolean served;
  private int rounds;
  private int moves;
  private boolean truncated;
  private boolean over;

  Descent(Peers peers, PeerState peer, Subtree root, Consumer<Ending> ended) {
    this.peers = peers;
    this.port = peers.port;
    this.peer = peer;
    this.ended = ended;
    open.put(root.prefix(), root);
  }

  /** Whether something was found that is missing here. */
  boolean lacks() {
    return !lacking.isEmpty() || !wanted.isEmpty();
  }

  /** How many events were found missing that have not come. */
  long toCome() {
    return (long) lacking.size() + wanted.size() + unsettled;
  }

  /** Asks for what comes next, unless an answer is awaited. */
  void pump() {
    if (over || waiting || unsettled > 0) {
      return;
    }
    SortedMap<Prefix, EventId> ready = open.isEmpty() ? lacking : lacking.headMap(open.firstKey());
    int most = Math.min(port.wanted(), Limits.PAGE_EVENTS);
    boolean fetch = ready.size() >= Limits.PAGE_EVENTS || (open.isEmpty() && !ready.isEmpty());
    if (open.isEmpty() && ready.isEmpty()) {
      end(truncated ? Ending.MORE : Ending.COMPARED);
    } else if (++rounds > Limits.DESCENT_ROUNDS) {
      fail("a log tree without an end");
    } else if (!fetch) {
      descend();
    } else if (most > 0) {
      want(ready, most);
    } else {
      rounds--;
    }
  }

  private void descend() {
    List<Prefix> ranges = new ArrayList<>();
    for (Prefix range : open.keySet()) {
      if (ranges.size() == Limits.DESCENT_RANGES) {
        break;
      }
      ranges.add(range);
    }
    asked = ranges;
    send(new Message.Descend(peers.nextRequest(peer), ranges), peer.lastPull);
  }

  private void want(SortedMap<Prefix, EventId> ready, int most) {
    List<Prefix> places = new ArrayList<>();
    for (Prefix place : ready.keySet()) {
      if (places.size() == most) {
        break;
      }
      places.add(place);
    }
    for (Prefix place : places) {
      EventId id = lacking.remove(place);
      if (id != null && !port.log().contains(id)) {
        wanted.add(id);
      }
    }
    served = false;
    wantRest();
  }

  private void wantRest() {
    if (wanted.isEmpty()) {
      pump();
    } else {
      send(new Message.Want(peers.nextRequest(peer), List.copyOf(wanted)), peer.lastPull);
    }
  }

  private void send(Message message, long numbered) {
    number = numbered;
    waiting = true;
    port.send(peer.link, message);
    watch(numbered);
  }

  private void watch(long watched) {
    port.timer(port.nowMillis() + Limits.RETRY_MILLIS, () -> expire(watched));
  }

  private void expire(long watched) {
    if (over || number != watched) {
      return;
    }
    if (waiting) {
      peer.failed();
      end(Ending.FAILED);
    } else if (dropped) {
      end(Ending.FAILED);
    } else if (unsettled > 0) {
      watch(watched);
    }
  }

  private void fail(String reason) {
    port.charge(peer.link, Offence.INCONSISTENT, reason);
    peer.failed();
    end(Ending.FAILED);
  }

  private void end(Ending how) {
    over = true;
    ended.accept(how);
  }

  private boolean isAnswer(PeerState from, long answered) {
    return !over && from == peer && waiting && answered == number;
  }

  // ---- ranges

  /** Takes ranges that were asked for; returns whether they were. */
  boolean take(PeerState from, Message.Cuts message) {
    if (!isAnswer(from, message.number()) || !wanted.isEmpty()) {
      return false;
    }
    waiting = false;
    if (!message.cuts().stream().map(Cut::of).toList().equals(asked)) {
      fail("other ranges than were asked for");
      return true;
    }
    LogTree tree = port.log().tree();
    for (Cut cut : message.cuts()) {
      if (!isCredible(cut)) {
        return true;
      }
      for (Subtree part : cut.parts()) {
        compare(part, tree);
      }
    }
    pump();
    return true;
  }

  /** Checks a range against what was said of it before; fails the descent if it cannot be true. */
  private boolean isCredible(Cut cut) {
    Subtree claimed = open.remove(cut.of());
    Optional<Subtree> whole = cut.whole();
    if (whole.isEmpty() || cut.parts().stream().anyMatch(part -> !isWithin(part, cut.of()))) {
      fail("ranges that are none of one log tree");
      return false;
    }
    boolean same = claimed != null && claimed.sameAs(whole.get());
    if (claimed != null && !same && claimed.hash().equals(whole.get().hash())) {
      fail("counts that do not add up");
      return false;
    }
    moves += same ? 0 : 1;
    if (moves > Limits.DESCENT_MOVES) {
      fail("a log tree that changes again and again");
      return false;
    }
    return true;
  }

  private static boolean isWithin(Subtree part, Prefix range) {
    return part.prefix().bits() > range.bits() || part.isLeaf();
  }

  private void compare(Subtree part, LogTree tree) {
    if (part.isLeaf()) {
      if (!port.log().contains(part.id())) {
        lacking.put(part.prefix(), part.id());
      }
    } else if (!tree.subtree(part.prefix()).sameAs(part)) {
      open.put(part.prefix(), part);
    }
    truncated |= trim(open);
    truncated |= trim(lacking);
  }

  /** Forgets the last of too many; returns whether something was forgotten. */
  private static boolean trim(NavigableMap<Prefix, ?> kept) {
    if (kept.size() <= Limits.DESCENT_OPEN) {
      return false;
    }
    kept.pollLastEntry();
    return true;
  }

  // ---- events

  /** Takes events that were asked for; returns whether they were. */
  boolean take(PeerState from, Message.Events message) {
    if (!isAnswer(from, message.number()) || wanted.isEmpty()) {
      return false;
    }
    waiting = false;
    more = message.more();
    List<Event> fitting = new ArrayList<>();
    for (Event event : message.events()) {
      if (wanted.remove(event.id())) {
        fitting.add(event);
      } else {
        port.charge(peer.link, Offence.FLOOD, "an event that nobody asked for");
      }
    }
    if (fitting.isEmpty()) {
      unserved();
      return true;
    }
    unsettled = fitting.size();
    for (Event event : fitting) {
      port.receive(event, peer.link, this::settled);
    }
    return true;
  }

  /** Takes the answer that no event is there; returns whether one was asked for. */
  boolean take(PeerState from, Message.SyncComplete message) {
    if (!isAnswer(from, message.number()) || wanted.isEmpty()) {
      return false;
    }
    waiting = false;
    unserved();
    return true;
  }

  private void unserved() {
    port.charge(peer.link, Offence.UNSERVED, "events of the log tree were not served");
    peer.failed();
    end(Ending.FAILED);
  }

  private void settled(Received received) {
    unsettled--;
    dropped |= received instanceof Received.Dropped;
    served |= received instanceof Received.Placed;
    if (over || unsettled > 0 || dropped) {
      return;
    }
    if (served) {
      rounds = 0;
    }
    if (served && wanted.isEmpty()) {
      peer.failures = 0;
    }
    if (more) {
      wantRest();
    } else if (wanted.isEmpty()) {
      pump();
    } else if (peer.failures > 0) {
      unserved();
    } else {
      peer.failed();
      end(Ending.FAILED);
    }
  }
}

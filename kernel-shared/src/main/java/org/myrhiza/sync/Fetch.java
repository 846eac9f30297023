// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Received;
import org.myrhiza.log.Frontier;

/**
 * Brings what heads say is missing.
 *
 * <p>One peer, the <em>planner</em>, is asked from the start of what is missing to its end. With a
 * page it tells where the next ones end, so that each of those is a range of places, which is asked
 * of whoever is ahead and free: no range of two peers at once, and so nothing is fetched twice. The
 * planner says how many events a range holds. Who serves fewer of it gets no more ranges, and that
 * one goes to the planner; so does, after a while, what a silent peer was asked.
 *
 * <p>What is here is told once: a pull names the heads of a hello, which is sent before if those it
 * told last were others. A peer that does not know them says so, and is told them with the pull.
 *
 * <p>Ranges are worked on in order, but pages may overtake each other; events whose past is still
 * on its way then wait in the log, which has room for all that is under way.
 */
final class Fetch {
  /** By what part of it a log may have grown since its peer told how many events it holds. */
  private static final int GROWTH = 8;

  /** How a fetch ends. */
  enum Ending {
    /** The planner said that nothing is missing any more. */
    COMPLETE,
    /** There is more, to be asked for anew. */
    MORE
  }

  final PeerState planner;

  /** What the planner had told when it began: what it must be able to serve. */
  final @Nullable Frontier told;

  private final Peers peers;
  private final SyncPort port;
  private final Frontier heads;
  private final Frontier mine;
  private final Optional<List<PublicKey>> without;
  private final TreeMap<Long, Long> revisions = new TreeMap<>();
  private final Consumer<Ending> ended;
  private final ArrayDeque<Span> open = new ArrayDeque<>();
  private final TreeMap<Long, Ask> asks = new TreeMap<>();
  private final TreeSet<Long> useless = new TreeSet<>();
  private long planned;
  private long left;
  private long brought;
  private boolean reachedEnd;

  /** Whether what {@link #mine} tells is on disk, so that no further pull has to wait for that. */
  private boolean durable;

  private boolean over;

  Fetch(Peers peers, PeerState planner, Consumer<Ending> ended) {
    this.peers = peers;
    this.port = peers.port;
    this.planner = planner;
    this.ended = ended;
    this.told = planner.told;
    this.heads = port.serves() ? port.log().frontier() : Frontier.NOTHING;
    this.mine = planner.told == null ? port.log().frontier() : port.log().frontierFor(planner.told);
    this.without = Heads.leavingOut(heads, mine);
    planner.aheadAgain = false;
    port.whenPersisted(() -> durable = true);
    open.add(Span.ALL);
  }

  /** Asks for what can be asked for now. */
  void pump() {
    while (!over && !open.isEmpty() && asks.size() < Limits.PULLS) {
      int most = Math.min(port.wanted(), Limits.PAGE_EVENTS);
      PeerState peer = peerFor(open.getFirst());
      if (most == 0 || peer == null || inFlight() + most > Limits.IN_FLIGHT) {
        return;
      }
      ask(peer, open.removeFirst(), most);
    }
  }

  private int inFlight() {
    int events = 0;
    for (Ask ask : asks.values()) {
      events += ask.inFlight();
    }
    return events;
  }

  private @Nullable PeerState peerFor(Span span) {
    if (span.plannerOnly()) {
      return asksOf(planner) < Limits.PULLS_OF_PEER ? planner : null;
    }
    PeerState best = null;
    int least = Limits.PULLS_OF_PEER;
    for (PeerState peer : peers.near()) {
      int busy = asksOf(peer);
      boolean freer = busy < least || (best != null && busy == least && peer.isBefore(best));
      if (freer && isUseful(peer)) {
        best = peer;
        least = busy;
      }
    }
    return best;
  }

  private boolean isUseful(PeerState peer) {
    return peer == planner || (peer.ahead && peer.failures == 0 && !useless.contains(peer.link));
  }

  private int asksOf(PeerState peer) {
    int count = 0;
    for (Ask ask : asks.values()) {
      count += ask.peer == peer ? 1 : 0;
    }
    return count;
  }

  private void ask(PeerState peer, Span span, int most) {
    Ask ask = new Ask(peers.nextRequest(peer), peer, span, most);
    asks.put(ask.number, ask);
    int ahead = span.isTail() && most == Limits.PAGE_EVENTS ? Limits.AHEAD : 0;
    ask.ahead = ahead;
    send(ask, known(peer));
    watch(ask);
  }

  private void send(Ask ask, Known known) {
    ask.named = known.revision() > 0;
    Message pull = new Message.Pull(ask.number, known, ask.most, ask.span.range(), ask.ahead);
    if (durable && !ask.named) {
      port.sendAtOnce(ask.peer.link, pull);
    } else {
      port.send(ask.peer.link, pull); // Behind the heads that it names.
    }
  }

  /** What is here, by the name under which a peer knows it, if that is shorter. */
  private Known known(PeerState peer) {
    long revision = revisions.getOrDefault(peer.link, 0L);
    if (mine.tips().size() <= Limits.TIPS_INLINE || without.isEmpty() || revision < 0) {
      return Known.of(mine);
    }
    if (revision == 0) {
      if (peer.mineRevision == 0 || !peer.mine.equals(heads)) {
        Heads told = peers.tell(peer, heads);
        port.send(peer.link, new Message.Hello(told, Wish.NONE, Optional.empty()));
      }
      revision = peer.mineRevision;
      revisions.put(peer.link, revision);
    }
    return new Known(revision, Frontier.NOTHING, without.get());
  }

  /** A peer does not know the heads that a pull named; returns whether it was asked so. */
  boolean unknown(PeerState peer, long number) {
    Ask ask = asks.get(number);
    if (over || ask == null || ask.peer != peer || ask.pageSeen || !ask.named) {
      return false;
    }
    revisions.put(peer.link, -1L);
    send(ask, Known.of(mine));
    return true;
  }

  /** Whether something was asked of a peer, or it plans. */
  boolean needs(PeerState peer) {
    return peer == planner || asksOf(peer) > 0;
  }

  /** How many events are to come, as far as the planner is to be believed; 0 when unknown. */
  long toCome() {
    return planner.overclaimed ? 0 : Math.max(0, planned + left - brought);
  }

  /** Most events that the planner may have, which told how many it held: its log may grow. */
  private long most() {
    long told = planner.toldCount;
    return told + told / GROWTH + Limits.PAGE_EVENTS;
  }

  private void watch(Ask watched) {
    port.timer(port.nowMillis() + Limits.RETRY_MILLIS, () -> expire(watched));
  }

  private void expire(Ask ask) {
    if (over || asks.get(ask.number) != ask) {
      return;
    }
    if (ask.unsettled > 0) {
      watch(ask);
      return;
    }
    if (!ask.dropped) {
      ask.peer.failed();
    }
    giveUp(ask);
    pump();
    port.syncChanged();
  }

  /** What was asked of a peer goes elsewhere. */
  private void giveUp(Ask ask) {
    asks.remove(ask.number);
    if (ask.peer == planner) {
      end(Ending.MORE);
    } else {
      useless.add(ask.peer.link);
      open.addFirst(ask.span);
    }
  }

  /** A peer can no longer be reached. */
  void gone(PeerState peer) {
    for (Ask ask : List.copyOf(asks.values())) {
      if (ask.peer == peer && !over) {
        giveUp(ask);
      }
    }
    if (peer == planner && !over) {
      end(Ending.MORE);
    }
  }

  private void end(Ending how) {
    over = true;
    ended.accept(how);
  }

  /** Takes a page; returns whether it is one that was asked for. */
  boolean take(PeerState peer, Message.Events page) {
    Ask ask = asks.get(page.number());
    if (over || ask == null || ask.peer != peer || ask.pageSeen) {
      return false;
    }
    if (page.events().isEmpty()) {
      port.charge(peer.link, Offence.UNSERVED, "an empty page of events");
      return true;
    }
    if (page.events().size() > ask.most) {
      port.charge(peer.link, Offence.FLOOD, "more events than were asked for");
    }
    ask.pageSeen = true;
    ask.more = page.more();
    ask.got = page.events().size();
    ask.unsettled = ask.got;
    if (ask.peer == planner && ask.span.isTail()) {
      claim(page);
    }
    if (page.more() && !page.plan().isEmpty()) {
      split(ask, page.plan());
    }
    pump();
    for (Event event : page.events()) {
      port.receive(event, peer.link, received -> settled(ask, received));
    }
    return true;
  }

  /**
   * Counts what is planned and what the planner says to be left after it, if it says anything. Who
   * said before that more was left, or says that more is than it told to hold, is not believed
   * again: what it held may have been dropped because of a fork, so it costs nothing.
   */
  private void claim(Message.Events page) {
    long follow = 0;
    List<Stretch> plan = page.plan();
    for (int i = 1; i < plan.size(); i++) {
      follow += plan.get(i).events();
    }
    int got = page.events().size();
    boolean says = page.left() > 0;
    if (says && (!page.more() || page.left() < follow)) {
      port.charge(planner.link, Offence.INCONSISTENT, "counts of what is left that do not add up");
      planner.overclaimed = true;
    }
    planner.overclaimed |= got + page.left() < left;
    planned += got + follow;
    left = Math.max(0, page.left() - follow);
    planner.overclaimed |= planned + left > most();
  }

  /** Makes ranges of what follows a page. */
  private void split(Ask ask, List<Stretch> plan) {
    List<Span> spans = new ArrayList<>();
    Place from = ask.span.after();
    int counted = 0;
    for (Stretch stretch : plan) {
      boolean ascends = from == null || from.compareTo(stretch.last()) < 0;
      Place upTo = ask.span.upTo();
      if (!ascends || (upTo != null && upTo.compareTo(stretch.last()) <= 0)) {
        port.charge(ask.peer.link, Offence.INCONSISTENT, "pages that do not follow each other");
        return;
      }
      if (counted > 0) {
        spans.add(new Span(from, stretch.last(), stretch.events(), false));
      }
      from = stretch.last();
      counted += counted > 0 ? stretch.events() : ask.got;
    }
    int left = Math.max(0, ask.span.events() - counted);
    spans.add(new Span(from, ask.span.upTo(), left, ask.span.plannerOnly()));
    for (Span span : spans.reversed()) {
      open.addFirst(span);
    }
    ask.planned = true;
  }

  private void settled(Ask ask, Received received) {
    boolean waits = received instanceof Received.Waiting && ask.span.after() != null;
    ask.broughtSome |= waits || received instanceof Received.Placed;
    ask.dropped |= received instanceof Received.Dropped;
    ask.unsettled--;
    brought++;
    finishIfDone(ask);
  }

  /** Takes the end of a range; returns whether it is one that was asked for. */
  boolean take(PeerState peer, Message.SyncComplete complete) {
    Ask ask = asks.get(complete.number());
    if (over || ask == null || ask.peer != peer) {
      return false;
    }
    ask.completeSeen = true;
    ask.completeSent = complete.sent();
    finishIfDone(ask);
    return true;
  }

  private void finishIfDone(Ask ask) {
    if (over || !ask.isDone() || asks.get(ask.number) != ask) {
      return;
    }
    asks.remove(ask.number);
    if (ask.more && !ask.broughtSome) {
      ask.peer.failed();
    } else if (ask.more) {
      ask.peer.failures = 0;
    }
    boolean cutOff = ask.more && !ask.planned;
    boolean shortOf = !ask.more && ask.got < ask.span.events();
    boolean ofPlanner = ask.peer == planner;
    if (!ofPlanner && (shortOf || cutOff)) {
      useless.add(ask.peer.link);
      open.addFirst(ask.span.forPlanner());
    }
    reachedEnd |= !ask.more && ask.span.isTail();
    if (ofPlanner && (cutOff || shortOf || (ask.more && !ask.broughtSome))) {
      end(Ending.MORE);
    } else if (open.isEmpty() && asks.isEmpty()) {
      end(reachedEnd ? Ending.COMPLETE : Ending.MORE);
    } else {
      pump();
    }
  }
}

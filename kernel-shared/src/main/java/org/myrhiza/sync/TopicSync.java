// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Received;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.Page;
import org.myrhiza.log.Tip;

/**
 * Keeps one topic up to date with its peers.
 *
 * <p>Heads are told first (hello). Whoever learns that something is missing pulls it, page by page,
 * from one peer at a time, so that nothing is fetched twice; the last page is followed by an
 * explicit completion. Serving is stateless: each pull says what the asker holds. New events are
 * pushed to everyone, but pushes only hasten what pulls bring about: a lost push is repaired by the
 * next hello. A request that stays unanswered is repeated elsewhere.
 *
 * <p>Peers take turns, page by page, and who served nothing so far comes last. So who tells heads
 * that it does not serve, or serves what is known already, takes a turn now and then and holds
 * nobody up; what it tells does not count as missing any more.
 */
public final class TopicSync {
  private final SyncPort port;
  private final TreeMap<Long, PeerState> peers = new TreeMap<>();
  private @Nullable PullState pull;
  private long pulls;
  private @Nullable Frontier lastTold;
  private int quietPeriods;
  private boolean ticking;
  private boolean heard;

  /** A topic without peers. */
  public TopicSync(SyncPort port) {
    this.port = port;
  }

  /** A peer of the topic can be reached; it is greeted. */
  public void peerUp(long link) {
    if (peers.size() >= Limits.PEERS || peers.containsKey(link)) {
      return;
    }
    peers.put(link, new PeerState(link));
    port.send(link, hello(false));
    startTicking();
    port.syncChanged();
  }

  /** A peer can no longer be reached. */
  public void peerDown(long link) {
    if (peers.remove(link) == null) {
      return;
    }
    if (pull != null && pull.peer.link == link) {
      pull = null;
    }
    pump();
    port.syncChanged();
  }

  /** Links of the peers, ascending. */
  public List<Long> links() {
    return List.copyOf(peers.keySet());
  }

  /** Whether a peer said that nothing is missing, and none is known to be ahead. */
  public boolean isSynced() {
    boolean some = false;
    for (PeerState peer : peers.values()) {
      if (peer.ahead && peer.isReliable()) {
        return false;
      }
      some |= peer.synced;
    }
    return some && !isPulling();
  }

  /** Whether a pull is under way that is likely to bring something. */
  private boolean isPulling() {
    return pull != null && pull.peer.isReliable();
  }

  /** Whether a peer told that it holds an event, directly or by a later one of the same author. */
  public boolean isHeldElsewhere(Event event) {
    for (PeerState peer : peers.values()) {
      if (peer.told == null) {
        continue;
      }
      for (var tip : peer.told.of(event.header().signer())) {
        if (tip.id().equals(event.id()) || tip.seq() > event.header().seq()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether any peer told of events since the start. */
  public boolean hasHeard() {
    return heard;
  }

  /**
   * Whether a peer that serves what it tells, as far as is known, tells of an event of a key that
   * is not here.
   */
  public boolean claims(PublicKey key) {
    for (PeerState peer : peers.values()) {
      if (peer.told != null && peer.ahead && peer.isReliable()) {
        for (Tip tip : peer.told.of(key)) {
          if (!port.log().contains(tip.id())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Asks everyone what they hold. */
  public void askAll() {
    if (!peers.isEmpty()) {
      port.publish(hello(true), new Audience.Everyone());
    }
  }

  /** Pushes events that were authored here. */
  public void push(List<Event> events) {
    if (!peers.isEmpty() && !events.isEmpty()) {
      publish(events, new Audience.Everyone());
    }
  }

  /** Handles a message of a peer. */
  public void handle(long link, Message message) {
    peerUp(link);
    PeerState peer = peers.get(link);
    if (peer == null) {
      return;
    }
    switch (message) {
      case Message.Hello hello -> onHello(peer, hello);
      case Message.Pull asked -> serve(peer, asked);
      case Message.Events events -> onEvents(peer, events);
      case Message.SyncComplete complete -> onComplete(peer, complete);
      case Message.Forks known -> onForks(peer, known.forks());
      case Message.Proofs proofs -> proofs.proofs().forEach(proof -> port.receive(proof, link));
      case Message.WantBundle want -> serveBundle(peer, want);
      case Message.BundleChunk chunk -> {}
    }
    pump();
  }

  /** Goes on with what can go on: called after anything changed. */
  public void pump() {
    if (pull == null && port.wanted() > 0) {
      PeerState next = nextAhead();
      if (next != null) {
        begin(next);
      }
    }
    if (!isPulling()) {
      answerOwed();
    }
  }

  private void onHello(PeerState peer, Message.Hello hello) {
    peer.told = hello.frontier();
    heard |= !hello.frontier().tips().isEmpty();
    Log log = port.log();
    if (log.lacks(hello.frontier())) {
      peer.foundAhead();
    } else if (log.size() > 0) {
      peer.synced |= !peer.ahead;
    }
    peer.owed |= hello.answer();
    port.syncChanged();
  }

  /** Sends what a peer does not know of forks, and tells it what is known here if it knows more. */
  private void onForks(PeerState peer, List<KnownFork> told) {
    if (!port.serves()) {
      return;
    }
    Log log = port.log();
    TreeMap<PublicKey, Long> known = new TreeMap<>();
    boolean more = false;
    for (KnownFork fork : told) {
      known.put(fork.key(), fork.seq());
      more |= log.isNews(fork);
    }
    List<ForkProof> lacking = new ArrayList<>();
    for (KnownFork fork : log.forks()) {
      if (known.getOrDefault(fork.key(), Long.MAX_VALUE) > fork.seq()) {
        lacking.add(log.proof(fork.key()));
      }
    }
    sendProofs(lacking, message -> port.send(peer.link, message));
    if (more) {
      port.send(peer.link, new Message.Forks(log.forks()));
    }
  }

  /** Tells everyone of forks that became known here. */
  public void prove(List<ForkProof> proofs) {
    if (!peers.isEmpty()) {
      sendProofs(proofs, message -> port.publish(message, new Audience.Everyone()));
    }
  }

  private static void sendProofs(List<ForkProof> proofs, Consumer<Message> way) {
    for (int i = 0; i < proofs.size(); i += Limits.PROOFS) {
      way.accept(new Message.Proofs(proofs.subList(i, Math.min(proofs.size(), i + Limits.PROOFS))));
    }
  }

  private void tellForks() {
    List<KnownFork> forks = port.serves() ? port.log().forks() : List.of();
    if (!forks.isEmpty()) {
      port.publish(new Message.Forks(forks), new Audience.Everyone());
    }
  }

  private void serve(PeerState peer, Message.Pull asked) {
    if (!port.serves()) {
      return;
    }
    Log log = port.log();
    int most = Math.min(asked.maxEvents(), Limits.PAGE_EVENTS);
    Page page = log.after(asked.frontier(), most, Limits.PAGE_BYTES);
    if (!page.events().isEmpty()) {
      port.send(peer.link, new Message.Events(asked.number(), page.events(), page.more()));
    }
    if (!page.more()) {
      port.send(
          peer.link, new Message.SyncComplete(asked.number(), page.events().size(), log.held()));
    }
  }

  private void serveBundle(PeerState peer, Message.WantBundle want) {
    Bytes file = port.bundleFile();
    if (file == null || want.offset() >= file.size()) {
      return;
    }
    int end = Math.min(file.size(), want.offset() + Limits.CHUNK_BYTES);
    Bytes chunk = file.slice(want.offset(), end);
    port.send(peer.link, new Message.BundleChunk(want.bundle(), file.size(), want.offset(), chunk));
  }

  private void onEvents(PeerState peer, Message.Events message) {
    PullState current = pull;
    if (current == null
        || current.peer != peer
        || current.number != message.number()
        || current.pageSeen) {
      receiveUnasked(peer, message.events());
      return;
    }
    if (message.events().isEmpty()) {
      port.charge(peer.link, Offence.UNSERVED, "an empty page of events");
      return;
    }
    current.pageSeen = true;
    current.more = message.more();
    current.unsettled = message.events().size();
    for (Event event : message.events()) {
      port.receive(event, peer.link, received -> settled(current, received));
    }
  }

  private void settled(PullState settled, Received received) {
    settled.broughtSome |= received instanceof Received.Placed;
    settled.dropped |= received instanceof Received.Dropped;
    settled.unsettled--;
    boolean waits = settled.unsettled > 0 || settled.dropped;
    if (waits || pull != settled) {
      return;
    }
    if (settled.more) {
      pull = null;
      if (settled.broughtSome) {
        settled.peer.failures = 0;
      } else {
        settled.peer.failed();
      }
      pump();
    } else {
      completeIfDone(settled);
    }
  }

  private void receiveUnasked(PeerState peer, List<Event> events) {
    for (Event event : events) {
      port.receive(
          event,
          peer.link,
          received -> {
            switch (received) {
              case Received.Placed placed -> forward(peer.link, placed.entries());
              case Received.Waiting waiting -> pullFrom(peer);
              case Received.Dropped dropped -> pullFrom(peer);
              case Received.Known known -> {}
              case Received.Refused refused -> {}
            }
          });
    }
  }

  private void pullFrom(PeerState peer) {
    peer.foundAhead();
    pump();
  }

  private void forward(long link, List<LogEntry> entries) {
    if (peers.size() < 2) {
      return;
    }
    List<Event> events = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (port.log().isHeld(entry.id())) {
        events.add(entry.event());
      }
    }
    if (!events.isEmpty()) {
      publish(events, new Audience.BeyondLink(link));
    }
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

  private void onComplete(PeerState peer, Message.SyncComplete complete) {
    PullState current = pull;
    if (current == null || current.peer != peer || current.number != complete.number()) {
      return;
    }
    current.completeSeen = true;
    current.completeSent = complete.sent();
    completeIfDone(current);
  }

  private void completeIfDone(PullState current) {
    if (!current.isComplete()) {
      return;
    }
    PeerState peer = current.peer;
    pull = null;
    peer.ahead = peer.aheadAgain;
    peer.synced = !peer.ahead;
    if (current.told != null && port.log().owes(current.told)) {
      port.charge(peer.link, Offence.UNSERVED, "events were announced and not served");
    } else {
      peer.failures = 0;
    }
    for (PeerState other : peers.values()) {
      if (other.ahead && other.told != null && !port.log().lacks(other.told)) {
        other.ahead = false;
        other.synced = true;
      }
    }
    port.syncChanged();
    pump();
  }

  private @Nullable PeerState nextAhead() {
    PeerState best = null;
    for (PeerState peer : peers.values()) {
      if (peer.ahead && (best == null || peer.isBefore(best))) {
        best = peer;
      }
    }
    return best;
  }

  private void begin(PeerState peer) {
    PullState started = new PullState(++pulls, peer);
    pull = started;
    peer.lastPull = started.number;
    peer.aheadAgain = false;
    Log log = port.log();
    Frontier mine = peer.told == null ? log.frontier() : log.frontierFor(peer.told);
    port.send(peer.link, new Message.Pull(started.number, mine, port.wanted()));
    watch(started);
  }

  private void watch(PullState watched) {
    port.timer(port.nowMillis() + Limits.RETRY_MILLIS, () -> expire(watched));
  }

  private void expire(PullState watched) {
    if (pull != watched) {
      return;
    }
    if (watched.unsettled > 0) {
      watch(watched);
      return;
    }
    pull = null;
    if (!watched.dropped) {
      watched.peer.failed();
    }
    pump();
    port.syncChanged();
  }

  private void answerOwed() {
    List<Long> owed = new ArrayList<>();
    for (PeerState peer : peers.values()) {
      if (peer.owed) {
        peer.owed = false;
        owed.add(peer.link);
      }
    }
    LongConsumer answer = link -> port.send(link, hello(false));
    owed.forEach(answer::accept);
  }

  private Message hello(boolean answer) {
    Frontier frontier = port.serves() ? port.log().frontier() : Frontier.NOTHING;
    return new Message.Hello(frontier, answer);
  }

  private void startTicking() {
    if (!ticking) {
      ticking = true;
      tickLater();
    }
  }

  private void tickLater() {
    long period = Limits.HELLO_MILLIS + port.random(Limits.JITTER_MILLIS);
    port.timer(port.nowMillis() + period, this::tick);
  }

  private void tick() {
    if (peers.isEmpty()) {
      ticking = false;
      return;
    }
    quietPeriods++;
    Frontier now = port.log().frontier();
    if (!now.equals(lastTold) || quietPeriods >= Limits.QUIET_PERIODS || !isSynced()) {
      quietPeriods = 0;
      lastTold = now;
      port.publish(hello(!isSynced()), new Audience.Everyone());
      tellForks();
    }
    pump();
    tickLater();
  }
}

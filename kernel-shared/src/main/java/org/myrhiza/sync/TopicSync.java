// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Received;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Log;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.log.Subtree;
import org.myrhiza.log.Tip;

/**
 * Keeps one topic up to date with its peers.
 *
 * <p>Heads are told first (hello). Whoever learns from them that something is missing pulls it,
 * page by page, from all who have it ({@link Fetch}); the last page is followed by an explicit
 * completion. With the heads goes the root of the log tree: where heads do not explain how two
 * roots differ, the trees are compared range by range ({@link Descent}). Serving is stateless. New
 * events are pushed to everyone, but pushes only hasten what pulls bring about: a lost push is
 * repaired by the next hello. A request that stays unanswered is repeated elsewhere.
 *
 * <p>Peers take turns, and who served nothing so far comes last. So who tells heads that it does
 * not serve, or serves what is known already, takes a turn now and then and holds nobody up; what
 * it tells does not count as missing any more.
 */
public final class TopicSync {
  private final SyncPort port;
  private final Peers peers;
  private final Serving serving;
  private @Nullable Fetch fetch;
  private @Nullable Descent descent;
  private @Nullable Subtree lastTold;
  private int quietPeriods;
  private boolean ticking;
  private boolean heard;

  /** A topic without peers. */
  public TopicSync(SyncPort port) {
    this.port = port;
    peers = new Peers(port);
    serving = new Serving(port);
  }

  /** A peer of the topic can be reached; it is greeted. */
  public void peerUp(long link) {
    if (!peers.add(link)) {
      return;
    }
    port.send(link, hello(false));
    startTicking();
    port.syncChanged();
  }

  /** A peer can no longer be reached. */
  public void peerDown(long link) {
    PeerState peer = peers.remove(link);
    if (peer == null) {
      return;
    }
    if (fetch != null) {
      fetch.gone(peer);
    }
    if (descent != null && descent.peer == peer) {
      descent = null;
    }
    pump();
    port.syncChanged();
  }

  /** Links of the peers, ascending. */
  public List<Long> links() {
    return peers.links();
  }

  /** Whether a peer said that nothing is missing, and none is known to be ahead. */
  public boolean isSynced() {
    boolean some = false;
    for (PeerState peer : peers.all()) {
      if (peer.ahead && peer.isReliable()) {
        return false;
      }
      some |= peer.synced;
    }
    return some && !isPulling();
  }

  /** Whether something is under way that is likely to bring something. */
  private boolean isPulling() {
    boolean fetching = fetch != null && fetch.planner.isReliable();
    return fetching || (descent != null && descent.lacks() && descent.peer.isReliable());
  }

  /** Whether a peer told that it holds an event, directly or by a later one of the same author. */
  public boolean isHeldElsewhere(Event event) {
    for (PeerState peer : peers.all()) {
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
    for (PeerState peer : peers.all()) {
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
      case Message.Pull asked -> serving.pull(peer, asked);
      case Message.Descend asked -> serving.descend(peer, asked);
      case Message.Want asked -> serving.want(peer, asked);
      case Message.Cuts cuts -> onCuts(peer, cuts);
      case Message.Events events -> onEvents(peer, events);
      case Message.SyncComplete complete -> onComplete(peer, complete);
      case Message.Forks known -> serving.forks(peer, known.forks());
      case Message.Proofs proofs -> proofs.proofs().forEach(proof -> port.receive(proof, link));
      case Message.WantBundle want -> serving.bundle(peer, want);
      case Message.BundleChunk chunk -> {}
    }
    pump();
  }

  /** Goes on with what can go on: called after anything changed. */
  public void pump() {
    if (fetch == null && port.wanted() > 0) {
      begin();
    }
    if (fetch != null) {
      fetch.pump();
    }
    if (descent != null) {
      descent.pump();
    }
    if (!isPulling()) {
      answerOwed();
    }
  }

  private void onHello(PeerState peer, Message.Hello hello) {
    peer.told = hello.frontier();
    heard |= !hello.frontier().tips().isEmpty();
    Log log = port.log();
    boolean lacks = log.lacks(hello.frontier());
    peer.unexplained = hello.held().filter(root -> isUnexplained(peer, root)).orElse(null);
    if (lacks && !(peer.unexplained != null && isBeyondHeads(log))) {
      peer.foundAhead();
    } else if (log.size() > 0) {
      peer.synced |= !peer.ahead;
    }
    peer.owed |= hello.answer();
    port.syncChanged();
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

  private void onEvents(PeerState peer, Message.Events message) {
    boolean asked =
        (fetch != null && fetch.take(peer, message))
            || (descent != null && descent.take(peer, message));
    if (!asked && message.number() != 0) {
      peers.late(peer, message.number());
    }
    if (!asked) {
      receiveUnasked(peer, message.events());
    }
  }

  private void onCuts(PeerState peer, Message.Cuts message) {
    if (descent == null || !descent.take(peer, message)) {
      peers.late(peer, message.number());
    }
  }

  private void receiveUnasked(PeerState peer, List<Event> events) {
    for (Event event : events) {
      port.receive(
          event,
          peer.link,
          received -> {
            switch (received) {
              case Received.Placed placed -> forward(peer.link, placed.events());
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

  private void forward(long link, List<StoredEvent> placed) {
    if (peers.size() < 2) {
      return;
    }
    List<Event> events = new ArrayList<>();
    for (StoredEvent stored : placed) {
      if (port.log().isHeld(stored.id())) {
        events.add(stored.event());
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

  private void onComplete(PeerState peer, Message.SyncComplete message) {
    boolean asked =
        (fetch != null && fetch.take(peer, message))
            || (descent != null && descent.take(peer, message));
    if (!asked) {
      peers.late(peer, message.number());
    }
  }

  // ---- what is missing here

  private void begin() {
    PeerState ahead = peers.nextAhead();
    boolean compares = ahead == null && descent == null;
    PeerState unexplained = compares ? peers.nextUnexplained() : null;
    if (ahead != null) {
      fetch = new Fetch(peers, ahead, this::fetched);
    } else if (unexplained != null && unexplained.unexplained != null) {
      Subtree root = unexplained.unexplained;
      unexplained.unexplained = null;
      descent = new Descent(peers, unexplained, root, how -> descended(unexplained, root, how));
    }
  }

  private void fetched(Fetch.Ending how) {
    Fetch done = fetch;
    fetch = null;
    if (done != null && how == Fetch.Ending.COMPLETE) {
      completed(done);
    }
    pump();
  }

  private void completed(Fetch done) {
    PeerState peer = done.planner;
    peer.ahead = peer.aheadAgain;
    peer.synced = !peer.ahead;
    if (done.told != null && port.log().owes(done.told)) {
      port.charge(peer.link, Offence.UNSERVED, "events were announced and not served");
    } else {
      peer.failures = 0;
    }
    for (PeerState other : peers.all()) {
      if (other.ahead && other.told != null && !port.log().lacks(other.told)) {
        other.ahead = false;
        other.synced = true;
      }
    }
    port.syncChanged();
  }

  private void descended(PeerState peer, Subtree root, Descent.Ending how) {
    descent = null;
    switch (how) {
      case COMPARED -> peer.compared = new PeerState.Compared(root, port.log().tree().root());
      case MORE -> peer.unexplained = root;
      case FAILED -> {}
    }
    port.syncChanged();
    pump();
  }

  /**
   * Whether a peer holds something that is missing here and that its heads do not tell of: more
   * than what is here of what they cover, or as much and something else.
   */
  private boolean isUnexplained(PeerState peer, Subtree root) {
    Log log = port.log();
    if (peer.told == null || log.size() == 0) {
      return false;
    }
    Subtree ours = log.tree().root();
    if (ours.sameAs(root) || new PeerState.Compared(root, ours).equals(peer.compared)) {
      return false;
    }
    if (log.lacks(peer.told)) {
      return isBeyondHeads(log);
    }
    long lacking = log.diff(peer.told).remaining();
    long explained = ours.count() - lacking;
    return root.count() > explained || (root.count() == explained && lacking == 0);
  }

  /** Whether there are more chains than heads can tell of. */
  private static boolean isBeyondHeads(Log log) {
    return log.chains().size() > org.myrhiza.log.Limits.FRONTIER_TIPS / 2;
  }

  private void answerOwed() {
    List<Long> owed = new ArrayList<>();
    for (PeerState peer : peers.all()) {
      if (peer.owed) {
        peer.owed = false;
        owed.add(peer.link);
      }
    }
    LongConsumer answer = link -> port.send(link, hello(false));
    owed.forEach(answer::accept);
  }

  private Message hello(boolean answer) {
    if (!port.serves()) {
      return new Message.Hello(Frontier.NOTHING, answer);
    }
    Log log = port.log();
    return new Message.Hello(log.frontier(), answer, Optional.of(log.tree().root()));
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
    Subtree now = port.log().tree().root();
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

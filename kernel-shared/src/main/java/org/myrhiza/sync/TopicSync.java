// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Log;
import org.myrhiza.log.Subtree;
import org.myrhiza.log.Tip;

/**
 * Keeps one topic up to date with its peers.
 *
 * <p>Heads are told first (hello), to a few peers chosen by chance however many there are, and to
 * each of them only what changed. Whoever learns from them that something is missing pulls it, page
 * by page, from all who have it ({@link Fetch}); the last page is followed by an explicit
 * completion. Whoever was told less than is here tells its own heads in return; so what one peer
 * has spreads both ways. With the heads goes the root of the log tree: where heads do not explain
 * how two roots differ, the trees are compared range by range ({@link Descent}). New events are
 * sent to everyone ({@link Live}), but that only hastens what pulls bring about: what is lost is
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
  private final Live live;
  private @Nullable Fetch fetch;
  private @Nullable Descent descent;
  private @Nullable Subtree lastTold;
  private int quietPeriods;
  private int tellings;
  private boolean choosing;
  private boolean ticking;
  private boolean heard;

  /** A topic without peers. */
  public TopicSync(SyncPort port) {
    this.port = port;
    peers = new Peers(port);
    serving = new Serving(peers);
    live = new Live(peers, this::pullFrom);
    peers.needed(this::isNeeded);
  }

  /** A peer of the topic can be reached; the first ones are greeted at once. */
  public void peerUp(long link) {
    if (!peers.add(link)) {
      return;
    }
    if (peers.chosenCount() < Limits.CHOSEN_AT_ONCE) {
      greetChosen(peers.choose(link));
    } else if (!choosing && peers.chosenCount() < Limits.CHOSEN) {
      choosing = true;
      port.timer(port.nowMillis() + Limits.CHOOSE_MILLIS, this::chooseOthers);
    }
    startTicking();
    port.syncChanged();
  }

  private void chooseOthers() {
    choosing = false;
    while (peers.chosenCount() < Limits.CHOSEN && peers.hasOthers()) {
      PeerState peer = peers.chooseAny();
      if (peer == null) {
        return;
      }
      greetChosen(peer);
    }
  }

  private void greetChosen(@Nullable PeerState peer) {
    if (peer != null) {
      greet(peer, Wish.ANSWER, heads());
    }
  }

  /** Whether something under way needs what is known of a peer. */
  private boolean isNeeded(PeerState peer) {
    boolean fetching = fetch != null && fetch.needs(peer);
    boolean comparing = descent != null && descent.peer == peer;
    return fetching || comparing || live.promises().isAsked(peer);
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
    if (peer.chosen) {
      chooseOthers();
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
    for (PeerState peer : peers.near()) {
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
    for (PeerState peer : peers.near()) {
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
    for (PeerState peer : peers.near()) {
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

  /** Asks those chosen what they hold. */
  public void askAll() {
    Frontier heads = heads();
    peers.chosen().forEach(peer -> greet(peer, Wish.ANSWER, heads));
  }

  /**
   * How many events are still to come, as far as peers say and are to be believed; 0 when nothing
   * is under way or nobody said.
   */
  public long toCome() {
    if (fetch != null) {
      return fetch.toCome();
    }
    return descent == null ? 0 : descent.toCome();
  }

  /** Sends events that were authored here. */
  public void push(List<Event> events) {
    live.push(events);
  }

  /** Handles a message of a peer. */
  public void handle(long link, Message message) {
    peerUp(link);
    PeerState peer = peers.heard(link);
    if (peer == null) {
      return;
    }
    switch (message) {
      case Message.Hello hello -> onHello(peer, hello);
      case Message.Pull asked -> serving.pull(peer, asked);
      case Message.Unknown unknown -> onUnknown(peer, unknown);
      case Message.Descend asked -> serving.descend(peer, asked);
      case Message.Want asked -> serving.want(peer, asked.number(), asked.events());
      case Message.Cuts cuts -> onCuts(peer, cuts);
      case Message.Events events -> onEvents(peer, events);
      case Message.Announce announced -> live.promises().announced(peer, announced.events());
      case Message.Graft asked -> {
        live.grafted(peer);
        serving.want(peer, asked.number(), asked.events());
      }
      case Message.Prune prune -> live.pruned(peer);
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
    if (hello.wish() != Wish.NONE && peers.asksTooMuch(peer)) {
      return;
    }
    if (hello.wish() == Wish.WHOLE) {
      peer.mineRevision = 0;
    }
    if (!peers.take(peer, hello.heads()) || peer.told == null) {
      if (hello.wish() != Wish.NONE || !peers.asksTooMuch(peer)) {
        greet(peer, Wish.WHOLE, heads());
      }
      return;
    }
    Frontier told = peer.told;
    peer.toldCount = hello.held().map(Subtree::count).orElse(0);
    heard |= !told.tips().isEmpty();
    Log log = port.log();
    boolean lacks = log.lacks(told);
    peer.unexplained = hello.held().filter(root -> isUnexplained(peer, root)).orElse(null);
    if (lacks && !(peer.unexplained != null && isBeyondHeads(log))) {
      peer.foundAhead();
    } else if (log.size() > 0) {
      peer.synced |= !peer.ahead;
    }
    peer.owed |=
        switch (hello.wish()) {
          case NONE -> false;
          case IF_OTHER -> hello.held().filter(log.tree().root()::sameAs).isEmpty();
          case ANSWER, WHOLE -> true;
        };
    port.syncChanged();
  }

  private void onUnknown(PeerState peer, Message.Unknown unknown) {
    if (fetch == null || !fetch.unknown(peer, unknown.number())) {
      peers.late(peer, unknown.number());
    }
  }

  /** Tells those near of forks that became known here, and so they tell others. */
  public void prove(List<ForkProof> proofs) {
    for (int i = 0; i < proofs.size(); i += Limits.PROOFS) {
      List<ForkProof> some = proofs.subList(i, Math.min(proofs.size(), i + Limits.PROOFS));
      Message message = new Message.Proofs(some);
      peers.near().forEach(peer -> port.send(peer.link, message));
    }
  }

  private void tellForks() {
    List<KnownFork> forks = port.serves() ? port.log().forks() : List.of();
    if (!forks.isEmpty()) {
      Message message = new Message.Forks(forks);
      peers.chosen().forEach(peer -> port.send(peer.link, message));
    }
  }

  private void onEvents(PeerState peer, Message.Events message) {
    boolean asked =
        (fetch != null && fetch.take(peer, message))
            || (descent != null && descent.take(peer, message))
            || live.promises().take(peer, message);
    if (!asked && message.number() != 0) {
      peers.late(peer, message.number());
    }
    if (!asked) {
      live.pushed(peer, message.events());
    }
  }

  private void onCuts(PeerState peer, Message.Cuts message) {
    if (descent == null || !descent.take(peer, message)) {
      peers.late(peer, message.number());
    }
  }

  private void pullFrom(PeerState peer) {
    peer.foundAhead();
    pump();
  }

  private void onComplete(PeerState peer, Message.SyncComplete message) {
    boolean asked =
        (fetch != null && fetch.take(peer, message))
            || (descent != null && descent.take(peer, message))
            || live.promises().take(peer, message);
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
    for (PeerState other : peers.near()) {
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
    Frontier heads = null;
    for (PeerState peer : peers.near()) {
      if (peer.owed) {
        heads = heads == null ? heads() : heads;
        greet(peer, Wish.NONE, heads);
      }
    }
  }

  /** The heads to tell; nothing as long as nothing is served. */
  private Frontier heads() {
    return port.serves() ? port.log().frontier() : Frontier.NOTHING;
  }

  private void greet(PeerState peer, Wish wish, Frontier heads) {
    peer.owed = false;
    peer.greeted++;
    Optional<Subtree> root =
        port.serves() ? Optional.of(port.log().tree().root()) : Optional.empty();
    port.send(peer.link, new Message.Hello(peers.tell(peer, heads), wish, root));
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
      tell(now);
    }
    pump();
    tickLater();
  }

  private void tell(Subtree now) {
    boolean quiet = quietPeriods >= Limits.QUIET_PERIODS;
    quietPeriods = 0;
    lastTold = now;
    tellings++;
    exchange(quiet || tellings % Limits.TELLINGS == 0);
    Frontier heads = heads();
    Wish wish = isSynced() ? Wish.IF_OTHER : Wish.ANSWER;
    peers.chosen().forEach(peer -> greet(peer, wish, heads));
    tellForks();
  }

  /** Chooses others for those that did not answer or serve, and now and then for any one. */
  private void exchange(boolean anyOne) {
    List<PeerState> chosen = peers.chosen();
    List<PeerState> leaving = new ArrayList<>(chosen);
    leaving.removeIf(peer -> (peer.told != null || peer.greeted < 2) && peer.isReliable());
    if (leaving.isEmpty() && anyOne && !chosen.isEmpty()) {
      leaving.add(chosen.get(port.random(chosen.size())));
    }
    boolean full = chosen.size() >= Limits.CHOSEN;
    for (PeerState peer : leaving) {
      PeerState next = full ? peers.chooseAny() : null;
      if (next != null) {
        peers.release(peer);
      }
    }
    while (peers.chosenCount() < Limits.CHOSEN && peers.chooseAny() != null) {
      // as many as there are
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Cut;
import org.myrhiza.log.Diff;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogTree;
import org.myrhiza.log.Page;
import org.myrhiza.log.Prefix;

/** Answers what peers ask for. Nothing is kept from one request to the next but their number. */
final class Serving {
  private final Peers peers;
  private final SyncPort port;

  Serving(Peers peers) {
    this.peers = peers;
    this.port = peers.port;
  }

  /** Whether a request is to be served; one that is too many is charged. */
  private boolean accepts(PeerState peer) {
    return port.serves() && !peers.asksTooMuch(peer);
  }

  void pull(PeerState peer, Message.Pull asked) {
    if (!accepts(peer)) {
      return;
    }
    Frontier known = peers.known(peer, asked.known());
    if (known == null) {
      port.send(peer.link, new Message.Unknown(asked.number()));
      return;
    }
    Log log = port.log();
    int most = Math.min(asked.maxEvents(), Limits.PAGE_EVENTS);
    Diff diff = log.diff(known, asked.range());
    Page page = diff.next(most, Limits.PAGE_BYTES);
    boolean open = asked.range().upTo().isEmpty();
    long left = page.more() && open ? diff.remaining() : 0;
    List<Stretch> plan = page.more() ? plan(asked, diff, page) : List.of();
    port.withBytes(
        page.entries(),
        events -> {
          if (!events.isEmpty()) {
            port.send(
                peer.link, new Message.Events(asked.number(), events, page.more(), plan, left));
          }
          if (!page.more()) {
            port.send(
                peer.link, new Message.SyncComplete(asked.number(), events.size(), log.held()));
          }
        });
  }

  /** Where a page ends, and the pages after it that the asker wants to know of. */
  private static List<Stretch> plan(Message.Pull asked, Diff diff, Page first) {
    List<Stretch> plan = new ArrayList<>();
    if (asked.ahead() > 0 || asked.range().upTo().isPresent()) {
      plan.add(new Stretch(diff.last().orElseThrow(), first.entries().size()));
    }
    boolean more = true;
    for (int i = 0; i < asked.ahead() && more; i++) {
      Page next = diff.next(Limits.PAGE_EVENTS, Limits.PAGE_BYTES);
      more = next.more();
      if (more) {
        plan.add(new Stretch(diff.last().orElseThrow(), next.entries().size()));
      }
    }
    return plan;
  }

  void descend(PeerState peer, Message.Descend asked) {
    if (!accepts(peer)) {
      return;
    }
    int share = Limits.DESCENT_PARTS / asked.ranges().size();
    int parts = Math.clamp(share, Limits.CUT_LEAST, Limits.CUT_MOST);
    LogTree tree = port.log().tree();
    List<Cut> cuts = new ArrayList<>();
    for (Prefix range : asked.ranges()) {
      cuts.add(tree.cut(range, parts));
    }
    port.send(peer.link, new Message.Cuts(asked.number(), cuts));
  }

  /** Serves events by id. */
  void want(PeerState peer, long number, List<EventId> events) {
    if (!accepts(peer)) {
      return;
    }
    Log log = port.log();
    Page page = log.tree().named(events, Limits.PAGE_EVENTS, Limits.PAGE_BYTES);
    port.withBytes(
        page.entries(),
        found ->
            port.send(
                peer.link,
                found.isEmpty()
                    ? new Message.SyncComplete(number, 0, log.held())
                    : new Message.Events(number, found, page.more())));
  }

  /**
   * Sends what a peer does not know of forks, and tells it what is known here if it knows more. One
   * message of proofs is all that it gets for one of its own: the rest comes the next time, and
   * where to begin is chosen anew each time, since it may have no use for some of them.
   */
  void forks(PeerState peer, List<KnownFork> told) {
    if (!accepts(peer)) {
      return;
    }
    Log log = port.log();
    TreeMap<PublicKey, Long> known = new TreeMap<>();
    boolean more = false;
    for (KnownFork fork : told) {
      known.put(fork.key(), fork.seq());
      more |= log.isNews(fork);
    }
    List<KnownFork> lacking = new ArrayList<>(log.forks());
    lacking.removeIf(fork -> known.getOrDefault(fork.key(), Long.MAX_VALUE) <= fork.seq());
    if (!lacking.isEmpty()) {
      Collections.rotate(lacking, port.random(lacking.size()));
      List<ForkProof> proofs = new ArrayList<>();
      for (int i = 0; i < Math.min(lacking.size(), Limits.PROOFS); i++) {
        proofs.add(log.proof(lacking.get(i).key()));
      }
      port.send(peer.link, new Message.Proofs(proofs));
    }
    if (more) {
      port.send(peer.link, new Message.Forks(log.forks()));
    }
  }

  void bundle(PeerState peer, Message.WantBundle want) {
    Bytes file = port.bundleFile();
    if (file == null || want.offset() >= file.size()) {
      return;
    }
    int end = Math.min(file.size(), want.offset() + Limits.CHUNK_BYTES);
    Bytes chunk = file.slice(want.offset(), end);
    port.send(peer.link, new Message.BundleChunk(want.bundle(), file.size(), want.offset(), chunk));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.myrhiza.log.Frontier;

/**
 * The peers of a topic, and the numbers of what is asked of them.
 *
 * <p>Of many peers only a few are <em>near</em>: those chosen here to be told heads, by chance and
 * anew from time to time, and those last heard of the others. Of the rest only the link is known.
 */
final class Peers {
  final SyncPort port;
  private final TreeSet<Long> links = new TreeSet<>();
  private final TreeMap<Long, PeerState> near = new TreeMap<>();
  private List<PeerState> nearList = List.of();
  private Predicate<PeerState> needed = peer -> false;
  private int chosen;
  private long requests;
  private long messages;
  private long revisions;

  Peers(SyncPort port) {
    this.port = port;
  }

  /** Says which peers are not to be forgotten now. */
  void needed(Predicate<PeerState> which) {
    needed = which;
  }

  boolean add(long link) {
    return links.size() < Limits.PEERS && links.add(link);
  }

  @Nullable PeerState remove(long link) {
    links.remove(link);
    PeerState gone = near.remove(link);
    nearList = List.copyOf(near.values());
    if (gone != null && gone.chosen) {
      chosen--;
    }
    return gone;
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  List<Long> links() {
    return List.copyOf(links);
  }

  /** The peers of which more is known than the link, ascending by link. */
  List<PeerState> near() {
    return nearList;
  }

  /** Those chosen to be told heads, ascending by link. */
  List<PeerState> chosen() {
    List<PeerState> all = new ArrayList<>(nearList);
    all.removeIf(peer -> !peer.chosen);
    return all;
  }

  /** How many are chosen. */
  int chosenCount() {
    return chosen;
  }

  /** Whether there is a peer left to choose. */
  boolean hasOthers() {
    return chosen < links.size();
  }

  @Nullable PeerState get(long link) {
    return near.get(link);
  }

  /** The peer that said something; null when it is unknown or there is no room for it now. */
  @Nullable PeerState heard(long link) {
    PeerState peer = links.contains(link) ? approach(link) : null;
    if (peer != null) {
      messages++;
      peer.heardAt = messages;
    }
    return peer;
  }

  private @Nullable PeerState approach(long link) {
    PeerState known = near.get(link);
    if (known != null) {
      return known;
    }
    if (near.size() >= Limits.NEAR && !forgetOne()) {
      return null;
    }
    PeerState fresh = new PeerState(link);
    near.put(link, fresh);
    nearList = List.copyOf(near.values());
    return fresh;
  }

  /** Forgets the one that was silent for longest. */
  private boolean forgetOne() {
    PeerState longest = null;
    for (PeerState peer : nearList) {
      boolean free = !peer.chosen && !needed.test(peer);
      if (free && (longest == null || peer.heardAt < longest.heardAt)) {
        longest = peer;
      }
    }
    if (longest != null) {
      near.remove(longest.link);
    }
    return longest != null;
  }

  /** Chooses a peer to be told heads; null when there is no room. */
  @Nullable PeerState choose(long link) {
    PeerState peer = approach(link);
    if (peer != null && !peer.chosen) {
      peer.chosen = true;
      peer.greeted = 0;
      chosen++;
    }
    return peer;
  }

  /** Chooses one by chance of those that are not chosen; null when there is none. */
  @Nullable PeerState chooseAny() {
    int others = links.size() - chosen;
    if (others == 0) {
      return null;
    }
    int skipped = port.random(others);
    for (long link : links) {
      PeerState peer = near.get(link);
      if (peer == null || !peer.chosen) {
        if (skipped == 0) {
          return choose(link);
        }
        skipped--;
      }
    }
    return null;
  }

  /** A peer is no longer chosen. */
  void release(PeerState peer) {
    if (peer.chosen) {
      peer.chosen = false;
      chosen--;
    }
  }

  // ---- heads

  /** What to tell a peer of the heads here: what it was not told before. */
  Heads tell(PeerState peer, Frontier now) {
    long before = peer.mineRevision;
    if (before != 0 && now.equals(peer.mine)) {
      return Heads.same(before);
    }
    revisions++;
    Heads heads =
        before == 0 ? Heads.whole(revisions, now) : Heads.change(before, peer.mine, revisions, now);
    peer.mine = now;
    peer.mineRevision = revisions;
    return heads;
  }

  /** Takes what a peer told of its heads; returns whether it can be understood. */
  boolean take(PeerState peer, Heads heads) {
    Frontier before = peer.told;
    if (heads.base() == 0) {
      peer.told = heads.tips();
    } else if (before == null || peer.toldRevision != heads.base()) {
      return false;
    } else if (heads.base() != heads.revision()) {
      Optional<Frontier> now = heads.on(before);
      if (now.isEmpty()) {
        port.charge(peer.link, Offence.INCONSISTENT, "more heads than a peer may tell");
        return false;
      }
      peer.told = now.get();
    }
    peer.toldRevision = heads.revision();
    return true;
  }

  /** The heads that an asker names; null when they are not known here. */
  @Nullable Frontier known(PeerState peer, Known known) {
    if (known.revision() == 0) {
      return known.frontier();
    }
    if (known.revision() != peer.pulledRevision) {
      if (known.revision() != peer.toldRevision) {
        return null;
      }
      peer.pulledWith = peer.told;
      peer.pulledRevision = peer.toldRevision;
    }
    Frontier all = peer.pulledWith;
    return all == null ? null : Heads.without(all, known.without());
  }

  // ---- requests

  /** A number for a request to a peer. */
  long nextRequest(PeerState peer) {
    peer.lastPull = ++requests;
    return requests;
  }

  /** Charges an answer with a number that was never given out; one that is late costs nothing. */
  void late(PeerState peer, long number) {
    if (number < 1 || number > requests) {
      port.charge(peer.link, Offence.FLOOD, "an answer that nobody asked for");
    }
  }

  /** Counts what a peer asks for; charges and returns true when it is too much. */
  boolean asksTooMuch(PeerState peer) {
    if (port.nowMillis() - peer.countedFrom >= Limits.FLOOD_MILLIS) {
      peer.countedFrom = port.nowMillis();
      peer.requests = 0;
    }
    peer.requests = Math.min(peer.requests + 1, Limits.REQUESTS + 1);
    if (peer.requests > Limits.REQUESTS) {
      port.charge(peer.link, Offence.FLOOD, "more requests than a peer may make");
    }
    return peer.requests > Limits.REQUESTS;
  }

  /** The peer that is ahead and to be asked first, null if none is. */
  @Nullable PeerState nextAhead() {
    PeerState best = null;
    for (PeerState peer : nearList) {
      if (peer.ahead && (best == null || peer.isBefore(best))) {
        best = peer;
      }
    }
    return best;
  }

  /** The peer whose heads do not explain what it holds and that is to be asked first. */
  @Nullable PeerState nextUnexplained() {
    PeerState best = null;
    for (PeerState peer : nearList) {
      if (peer.unexplained != null && (best == null || peer.isBefore(best))) {
        best = peer;
      }
    }
    return best;
  }
}

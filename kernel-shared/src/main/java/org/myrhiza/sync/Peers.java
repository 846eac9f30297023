// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The peers of a topic, and the numbers of what is asked of them. */
final class Peers {
  final SyncPort port;
  private final TreeMap<Long, PeerState> all = new TreeMap<>();
  private long requests;

  Peers(SyncPort port) {
    this.port = port;
  }

  boolean add(long link) {
    return all.size() < Limits.PEERS && all.putIfAbsent(link, new PeerState(link)) == null;
  }

  @Nullable PeerState remove(long link) {
    return all.remove(link);
  }

  @Nullable PeerState get(long link) {
    return all.get(link);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int size() {
    return all.size();
  }

  List<Long> links() {
    return List.copyOf(all.keySet());
  }

  /** All peers, ascending by link. */
  Collection<PeerState> all() {
    return all.values();
  }

  /** A number for a request to a peer. */
  long nextRequest(PeerState peer) {
    peer.lastPull = ++requests;
    return requests;
  }

  /** Charges an answer with a number that was never given out; one that is late costs nothing. */
  void late(PeerState peer, long number) {
    if (number < 1 || number > peer.lastPull) {
      port.charge(peer.link, Offence.FLOOD, "an answer that nobody asked for");
    }
  }

  /** The peer that is ahead and to be asked first, null if none is. */
  @Nullable PeerState nextAhead() {
    PeerState best = null;
    for (PeerState peer : all.values()) {
      if (peer.ahead && (best == null || peer.isBefore(best))) {
        best = peer;
      }
    }
    return best;
  }

  /** The peer whose heads do not explain what it holds and that is to be asked first. */
  @Nullable PeerState nextUnexplained() {
    PeerState best = null;
    for (PeerState peer : all.values()) {
      if (peer.unexplained != null && (best == null || peer.isBefore(best))) {
        best = peer;
      }
    }
    return best;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;

/**
 * What of one chain a peer holds, as far as its tips say.
 *
 * <p>A tip that is known here covers itself and what it follows. A tip that is not known covers
 * nothing, with one exception: on a chain that did not fork as far as this peer knows, a tip beyond
 * its end can only be its continuation, and so covers all of it. Should it be the end of another
 * branch after all, that peer finds out from the other side: there, this chain's end is an unknown
 * tip within reach (see {@link Log#frontierFor}).
 */
final class Cover {
  private final Chain chain;
  private int trunk;
  private final Set<EventId> branches = new TreeSet<>();
  private int trunkAt;
  private final ArrayDeque<LogEntry> lackingBranches = new ArrayDeque<>();

  private Cover(Chain chain) {
    this.chain = chain;
  }

  static Cover of(Log log, Chain chain, Frontier remote) {
    Cover cover = new Cover(chain);
    for (Tip tip : remote.of(chain.key())) {
      LogEntry known = log.get(tip.id());
      if (known != null && known.signer().equals(chain.key())) {
        cover.add(log, known);
      } else if (!chain.forked() && tip.seq() > chain.trunk().size()) {
        cover.trunk = chain.trunk().size();
      }
    }
    return cover;
  }

  private void add(Log log, LogEntry tip) {
    LogEntry entry = tip;
    while (entry != null && !inTrunk(entry)) {
      if (!branches.add(entry.id())) {
        return;
      }
      entry = log.prevOf(entry);
    }
    if (entry != null) {
      trunk = Math.max(trunk, (int) entry.seq());
    }
  }

  private boolean inTrunk(LogEntry entry) {
    return entry.seq() <= chain.trunk().size()
        && chain.trunk().get((int) entry.seq() - 1).sameAs(entry);
  }

  /** Returns whether the peer holds an entry of this chain. */
  boolean holds(LogEntry entry) {
    return inTrunk(entry) ? entry.seq() <= trunk : branches.contains(entry.id());
  }

  /** Makes ready to walk over what the peer lacks after a place (null: from the start). */
  void walkFrom(@Nullable Place place) {
    int after = place == null ? 0 : Chain.after(chain.trunk(), place);
    trunkAt = Math.max(trunk, after);
    lackingBranches.clear();
    int first = place == null ? 0 : Chain.after(chain.branches(), place);
    for (int i = first; i < chain.branches().size(); i++) {
      LogEntry branch = chain.branches().get(i);
      if (!branches.contains(branch.id())) {
        lackingBranches.add(branch);
      }
    }
  }

  /** Returns the next entry of the walk, null at its end. */
  @Nullable LogEntry peek() {
    LogEntry main = trunkAt < chain.trunk().size() ? chain.trunk().get(trunkAt) : null;
    LogEntry other = lackingBranches.peekFirst();
    if (main == null || other == null) {
      return main == null ? other : main;
    }
    return main.place().compareTo(other.place()) < 0 ? main : other;
  }

  /** Goes on behind what {@link #peek} returned. */
  void advance() {
    LogEntry next = peek();
    if (next != null && next.sameAs(lackingBranches.peekFirst())) {
      lackingBranches.removeFirst();
    } else {
      trunkAt++;
    }
  }

  /** Returns how many entries the walk still has. */
  long remaining() {
    return Math.max(0L, chain.trunk().size() - trunkAt) + lackingBranches.size();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The disputes of a topic, as they follow from the forks and fences that are known. */
final class Disputes {
  private final Graph graph;
  private final Fences fences;
  // Looked up, never iterated.
  private final Map<Chain, Dispute> byChain = new HashMap<>();

  Disputes(Graph graph, Fences fences) {
    this.graph = graph;
    this.fences = fences;
  }

  /** Works out anew what is in dispute of a chain; null if nothing is. */
  @Nullable Dispute refresh(Chain chain) {
    List<FenceMark> against = fences.against(chain);
    if (against.isEmpty() && !chain.forked()) {
      return null;
    }
    long from = Dispute.NEVER;
    long lastInsideAll = 0;
    for (Branch branch : chain.branches()) {
      long inside = lastInsideAll(branch, against);
      lastInsideAll = inside < branch.firstSeq ? lastInsideAll : Math.max(lastInsideAll, inside);
      from = inside == Dispute.NEVER ? from : Math.min(from, inside + 1);
    }
    long fork =
        chain.forkSeq() > lastInsideAll && from != Dispute.NEVER ? Dispute.NEVER : chain.forkSeq();
    from = Math.min(from, fork);
    if (from == Dispute.NEVER) {
      return null;
    }
    List<FenceMark> own = new ArrayList<>(against);
    own.removeIf(mark -> !isOwnOf(mark, chain));
    Dispute dispute = new Dispute(chain, chain.forkSeq(), fork, from, against, own);
    byChain.put(chain, dispute);
    return dispute;
  }

  private boolean isOwnOf(FenceMark mark, Chain chain) {
    for (Branch branch : chain.branches()) {
      if (fences.isOwn(mark, graph.principalOf(branch.get(0)))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the last seq of a branch inside all fences that count against it, if any does. */
  private long lastInsideAll(Branch branch, List<FenceMark> against) {
    int principal = graph.principalOf(branch.get(0));
    long last = Dispute.NEVER;
    for (FenceMark mark : against) {
      if (fences.isPolicy(mark, principal) || fences.isOwn(mark, principal)) {
        last = Math.min(last, mark.lastInside(branch));
      }
    }
    return last;
  }

  @Nullable Dispute of(Chain chain) {
    return byChain.isEmpty() ? null : byChain.get(chain);
  }

  /** Whether an event is kept as a matter of course: neither void nor suspect. */
  boolean isPlain(int number, Dispute dispute) {
    return graph.seq(number) < dispute.fromSeq()
        || (!isVoid(number, dispute) && !isSuspect(number, dispute));
  }

  /** Whether a policy fence shuts an event out. */
  boolean isVoid(int number, Dispute dispute) {
    int principal = graph.principalOf(number);
    for (FenceMark mark : dispute.fences()) {
      if (fences.isPolicy(mark, principal) && isOutside(mark, number)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an event counts only if it is acknowledged. */
  boolean isSuspect(int number, Dispute dispute) {
    if (graph.seq(number) >= dispute.forkSeq()) {
      return true;
    }
    int principal = graph.principalOf(number);
    for (FenceMark mark : dispute.fences()) {
      if (fences.isOwn(mark, principal) && isOutside(mark, number)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOutside(FenceMark mark, int number) {
    return graph.seq(number) > mark.lastInside(graph.branch(number));
  }

  /** Returns the last event at or before one in its chain that a fence does not exclude. */
  int lastInside(FenceMark mark, int number) {
    int at = number;
    while (at != Graph.NONE && isOutside(mark, at)) {
      Branch branch = graph.branch(at);
      long inside = mark.lastInside(branch);
      at = inside < branch.firstSeq ? graph.prev(branch.get(0)) : branch.at(inside);
    }
    return at;
  }

  /** Returns whether an event is another one or before it in its chain. */
  boolean isAtOrBefore(int number, int other) {
    Branch wanted = graph.branch(number);
    Branch branch = graph.branch(other);
    long last = graph.seq(other);
    while (branch != wanted) {
      last = branch.firstSeq - 1;
      branch = branch.parent;
      if (branch == null) {
        return false;
      }
    }
    return graph.seq(number) <= last;
  }
}

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
  private final List<Dispute> all = new ArrayList<>();
  // Looked up, never iterated.
  private final Map<Chain, Dispute> byChain = new HashMap<>();
  private final Map<Integer, Dispute> byOwnFence = new HashMap<>();

  private Disputes(Graph graph, Fences fences) {
    this.graph = graph;
    this.fences = fences;
  }

  static Disputes none(Graph graph, Fences fences) {
    return new Disputes(graph, fences);
  }

  static Disputes of(Graph graph, Fences fences, Iterable<Chain> chains) {
    Disputes disputes = new Disputes(graph, fences);
    for (Chain chain : chains) {
      disputes.consider(chain);
    }
    return disputes;
  }

  private void consider(Chain chain) {
    List<FenceMark> against = fences.against(chain);
    if (against.isEmpty() && !chain.forked()) {
      return;
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
    add(new Dispute(all.size(), chain, chain.forkSeq(), fork, Math.min(from, fork), against));
  }

  private void add(Dispute dispute) {
    if (dispute.fromSeq() == Dispute.NEVER) {
      return;
    }
    all.add(dispute);
    byChain.put(dispute.chain(), dispute);
    for (FenceMark mark : dispute.fences()) {
      if (isOwnOf(mark, dispute.chain())) {
        byOwnFence.put(mark.number, dispute);
      }
    }
  }

  private boolean isOwnOf(FenceMark mark, Chain chain) {
    return chain.branches().stream()
        .anyMatch(branch -> fences.isOwn(mark, graph.principalOf(branch.get(0))));
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

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<Dispute> all() {
    return all;
  }

  @Nullable Dispute of(Chain chain) {
    return byChain.get(chain);
  }

  /** Returns the dispute in which an event is an own fence, null for any other event. */
  @Nullable Dispute ofOwnFence(int number) {
    return byOwnFence.isEmpty() ? null : byOwnFence.get(number);
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

  /** Returns the mark of an own fence of a dispute. */
  static FenceMark mark(Dispute dispute, int fence) {
    for (FenceMark mark : dispute.fences()) {
      if (mark.number == fence) {
        return mark;
      }
    }
    throw new IllegalArgumentException("not a fence of this dispute: " + fence);
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

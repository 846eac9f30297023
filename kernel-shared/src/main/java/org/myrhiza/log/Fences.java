// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Fence;
import org.myrhiza.identity.PublicKey;

/**
 * All fences of a topic, and against which events each counts.
 *
 * <p>A fence by a principal whom the genesis lets fence is a <em>policy fence</em>, except against
 * the chains of such principals. A fence over a chain key by the key's own principal is an <em>own
 * fence</em>. Any other does nothing.
 */
final class Fences {
  private final Graph graph;
  private final TreeMap<PublicKey, List<FenceMark>> overKeys = new TreeMap<>();
  private final TreeMap<PublicKey, List<FenceMark>> overPrincipals = new TreeMap<>();
  private final TreeSet<Integer> fencers = new TreeSet<>();

  Fences(Graph graph) {
    this.graph = graph;
  }

  /** Says whom the genesis lets fence. */
  void allow(List<PublicKey> principals) {
    principals.forEach(principal -> fencers.add(graph.principal(principal)));
  }

  /** Returns whom the genesis lets fence. */
  List<PublicKey> allowed() {
    List<PublicKey> keys = new ArrayList<>();
    fencers.forEach(number -> keys.add(graph.keyOfPrincipal(number)));
    return keys;
  }

  boolean isFencer(int principal) {
    return fencers.contains(principal);
  }

  /** Takes note of a valid event; returns whether it is a fence. */
  boolean add(int number, SortedMap<PublicKey, Chain> chains) {
    Event event = graph.kind(number) == EventKind.FENCE ? graph.body(number) : null;
    if (event == null || !(Fence.CODEC.decode(event.payload()) instanceof Decoded.Ok<Fence> ok)) {
      return false;
    }
    Fence fence = ok.value();
    int principal = graph.principalOf(number);
    FenceMark mark = new FenceMark(number, fence, principal, isFencer(principal));
    var marks = fence.subject() == Fence.Subject.CHAIN_KEY ? overKeys : overPrincipals;
    marks.computeIfAbsent(fence.key(), any -> new ArrayList<>()).add(mark);
    lookBack(mark, chains);
    return true;
  }

  /** Walks over the part of a fence's past that may hold events of what it fences. */
  private void lookBack(FenceMark mark, SortedMap<PublicKey, Chain> chains) {
    long depth = Long.MAX_VALUE;
    for (Chain chain : chains.values()) {
      for (Branch branch : chain.branches()) {
        if (branch.parent == null && names(mark, branch)) {
          depth = Math.min(depth, graph.depth(branch.get(0)));
        }
      }
    }
    if (depth == Long.MAX_VALUE) {
      return;
    }
    boolean[] seen = new boolean[graph.size()];
    Numbers next = new Numbers();
    next.push(mark.number);
    while (!next.isEmpty()) {
      for (int parent : graph.parents(next.pop())) {
        if (!seen[parent] && graph.depth(parent) >= depth) {
          seen[parent] = true;
          next.push(parent);
          if (names(mark, graph.branch(parent))) {
            mark.include(graph.branch(parent), graph.seq(parent));
          }
        }
      }
    }
  }

  private boolean names(FenceMark mark, Branch branch) {
    return switch (mark.fence.subject()) {
      case CHAIN_KEY -> branch.chain.key().equals(mark.fence.key());
      case PRINCIPAL -> graph.principalKey(branch.get(0)).equals(mark.fence.key());
    };
  }

  /** Returns the fences that may count against some event of a chain, as they came. */
  List<FenceMark> against(Chain chain) {
    List<FenceMark> found = new ArrayList<>();
    for (FenceMark mark : overKeys.getOrDefault(chain.key(), List.of())) {
      if (mark.byFencer || speaksFor(chain, mark.principal)) {
        found.add(mark);
      }
    }
    TreeSet<PublicKey> principals = new TreeSet<>();
    for (Branch branch : chain.branches()) {
      if (branch.parent == null) {
        principals.add(graph.principalKey(branch.get(0)));
      }
    }
    for (PublicKey principal : principals) {
      for (FenceMark mark : overPrincipals.getOrDefault(principal, List.of())) {
        if (mark.byFencer) {
          found.add(mark);
        }
      }
    }
    return found;
  }

  private boolean speaksFor(Chain chain, int principal) {
    for (Branch branch : chain.branches()) {
      if (branch.parent == null && graph.principalOf(branch.get(0)) == principal) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether any fence names the key or the principal. */
  boolean name(PublicKey key, PublicKey principal) {
    return overKeys.containsKey(key) || overPrincipals.containsKey(principal);
  }

  /** Whether a fence of a chain counts against the events of a principal as a policy fence. */
  boolean isPolicy(FenceMark mark, int principal) {
    if (!mark.byFencer || isFencer(principal)) {
      return false;
    }
    return mark.fence.subject() == Fence.Subject.CHAIN_KEY
        || graph.principal(mark.fence.key()) == principal;
  }

  /** Whether a fence of a chain counts against the events of a principal as an own fence. */
  boolean isOwn(FenceMark mark, int principal) {
    return mark.fence.subject() == Fence.Subject.CHAIN_KEY && mark.principal == principal;
  }
}

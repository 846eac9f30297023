// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
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

  /** Takes note of a valid event; returns the chains against which it counts as a fence. */
  List<Chain> add(int number, SortedMap<PublicKey, Chain> chains) {
    if (!graph.isFence(number)) {
      return List.of();
    }
    Event event = graph.body(number);
    if (event == null || !(Fence.CODEC.decode(event.payload()) instanceof Decoded.Ok<Fence> ok)) {
      return List.of();
    }
    Fence fence = ok.value();
    int principal = graph.principalOf(number);
    FenceMark mark = new FenceMark(number, fence, principal, isFencer(principal));
    if (fence.subject() == Fence.Subject.PRINCIPAL && !mark.byFencer) {
      return List.of();
    }
    var marks = fence.subject() == Fence.Subject.CHAIN_KEY ? overKeys : overPrincipals;
    marks.computeIfAbsent(fence.key(), any -> new ArrayList<>()).add(mark);
    List<Chain> named = named(mark, chains);
    lookBack(mark, named);
    return named;
  }

  /** Returns the chains that a fence counts against as far as they are here. */
  private List<Chain> named(FenceMark mark, SortedMap<PublicKey, Chain> chains) {
    List<Chain> named = new ArrayList<>();
    if (mark.fence.subject() == Fence.Subject.CHAIN_KEY) {
      Chain chain = chains.get(mark.fence.key());
      if (chain != null && (mark.byFencer || speaksFor(chain, mark.principal))) {
        named.add(chain);
      }
      return named;
    }
    int principal = graph.principal(mark.fence.key());
    for (Chain chain : chains.values()) {
      if (speaksFor(chain, principal)) {
        named.add(chain);
      }
    }
    return named;
  }

  /** Walks over the part of a fence's past that may hold events of what it fences. */
  private void lookBack(FenceMark mark, List<Chain> chains) {
    int lowest = mark.number;
    int unseen = 0;
    for (Chain chain : chains) {
      for (Branch branch : chain.branches()) {
        if (names(mark, branch)) {
          lowest = Math.min(lowest, branch.get(0));
          unseen++;
        }
      }
    }
    boolean[] past = new boolean[mark.number + 1 - lowest];
    past[mark.number - lowest] = true;
    for (int at = mark.number; at >= lowest && unseen > 0; at--) {
      if (!past[at - lowest]) {
        continue;
      }
      Branch branch = graph.branch(at);
      if (at < mark.number && names(mark, branch) && !mark.includes(branch)) {
        mark.include(branch, graph.seq(at));
        unseen--;
      }
      for (int parent : graph.parents(at)) {
        if (parent >= lowest) {
          past[parent - lowest] = true;
        }
      }
    }
  }

  private boolean names(FenceMark mark, Branch branch) {
    return switch (mark.fence.subject()) {
      case CHAIN_KEY -> branch.chain.key().equals(mark.fence.key());
      case PRINCIPAL -> graph.principalOf(branch.get(0)) == graph.principal(mark.fence.key());
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

  /** Returns whether a policy fence is over a principal, so that all he writes from now is void. */
  boolean shutsOut(PublicKey principal) {
    for (FenceMark mark : overPrincipals.getOrDefault(principal, List.of())) {
      if (isPolicy(mark, graph.principal(principal))) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether what a chain's key writes from now on is void or suspect. */
  boolean shutsOut(Chain chain) {
    int principal = graph.principalOf(chain.branches().get(0).get(0));
    for (FenceMark mark : against(chain)) {
      if (isPolicy(mark, principal) || isOwn(mark, principal)) {
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

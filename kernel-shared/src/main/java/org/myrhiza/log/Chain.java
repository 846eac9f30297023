// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.PublicKey;

/**
 * What is known of one chain key in a topic: its valid events, and whether it forked, from them or
 * from a proof that a peer passed on.
 */
public final class Chain {
  private static final long NONE = Long.MAX_VALUE;

  private final PublicKey key;
  private final Graph graph;
  private final List<Branch> branches = new ArrayList<>();
  private int length;

  /** How many branches are cited from outside of them. */
  int citedBranches;

  /** How many events were looked through for who acknowledges some of the chain. */
  int scanned;

  private long forkedFrom = NONE;
  private @Nullable ForkProof proof;

  /** Two events that fork, while the proof that they make is not here: one is only in the store. */
  private int @Nullable [] unproved;

  Chain(PublicKey key, Graph graph) {
    this.key = key;
    this.graph = graph;
  }

  /**
   * Adds a valid event whose previous one, if it has one, is in the chain.
   *
   * @param above the branch of the previous event, null for seq 1
   * @return its branch
   */
  Branch add(int number, long seq, @Nullable Branch above) {
    length++;
    int prev = graph.prev(number);
    if (above != null && above.last() == prev) {
      above.add(number);
      return above;
    }
    if (!branches.isEmpty() && seq < forkedFrom) {
      Branch other = above == null ? branches.getFirst() : above;
      forkedFrom = seq;
      proof = null;
      unproved = new int[] {other.at(seq), number};
      prove();
    }
    Branch branch = new Branch(this, above, seq);
    branches.add(branch);
    branch.add(number);
    return branch;
  }

  /** Takes note of a fork; returns whether it is the earliest one that is known. */
  boolean learn(ForkProof fork) {
    long seq = fork.first().seq();
    if (seq > forkedFrom || (seq == forkedFrom && unproved == null)) {
      return false;
    }
    boolean earlier = seq < forkedFrom;
    forkedFrom = seq;
    proof = fork;
    unproved = null;
    return earlier;
  }

  /** Makes the proof of a fork from two events of this log, if both are in memory. */
  void prove() {
    prove(graph::body);
  }

  /** Makes the proof of a fork from two events, if both are given, each by its number. */
  void prove(IntFunction<@Nullable Event> bodies) {
    int[] pair = unproved;
    Event first = pair == null ? null : bodies.apply(pair[0]);
    Event second = pair == null ? null : bodies.apply(pair[1]);
    if (first != null && second != null) {
      proof = ForkProof.of(first, second);
      unproved = null;
    }
  }

  /** Returns the two events of which a proof is to be made, none when it is there. */
  int[] unproved() {
    return unproved == null ? new int[0] : unproved.clone();
  }

  /** Returns the chain key. */
  public PublicKey key() {
    return key;
  }

  /** Returns the previous event of one of this chain, empty for seq 1. */
  public Optional<EventId> before(EventId id) {
    int prev = graph.prev(graph.number(id));
    return prev == Graph.NONE ? Optional.empty() : Optional.of(graph.id(prev));
  }

  /** Returns how many valid events of the key are here, all branches together. */
  public int length() {
    return length;
  }

  /** Returns whether the key is known to have signed two events with one seq. */
  public boolean forked() {
    return forkedFrom != NONE;
  }

  /** Returns the least seq at which two different events are known ({@code s0}). */
  public Optional<Long> forkedFrom() {
    return forked() ? Optional.of(forkedFrom) : Optional.empty();
  }

  /** Returns the same, the greatest number there is when the key did not fork. */
  long forkSeq() {
    return forkedFrom;
  }

  /**
   * Returns two headers and signatures that prove the fork to anybody; empty also while an event
   * that forks has not been loaded.
   */
  public Optional<ForkProof> proof() {
    return Optional.ofNullable(proof);
  }

  List<Branch> branches() {
    return branches;
  }

  /** Returns the last event of the chain, null while it has none or when it has branches. */
  @Nullable LogEntry last() {
    return branches.size() == 1 ? graph.entry(branches.getFirst().last()) : null;
  }

  /** Returns the greatest seq of any held event, 0 when none is. */
  long greatestHeldSeq() {
    long greatest = 0;
    for (Branch branch : branches) {
      int held = branch.held(graph);
      greatest = held == 0 ? greatest : Math.max(greatest, branch.firstSeq + held - 1);
    }
    return greatest;
  }

  /** Returns the held events of the chain that no held event of it follows, in no special order. */
  public List<LogEntry> tips() {
    List<LogEntry> tips = new ArrayList<>();
    for (Branch branch : branches) {
      int held = branch.held(graph);
      if (held > 0 && !isContinued(branch, branch.firstSeq + held - 1)) {
        tips.add(graph.entry(branch.get(held - 1)));
      }
    }
    return tips;
  }

  /** Whether a held event of another branch follows the event of a branch with a seq. */
  private boolean isContinued(Branch branch, long seq) {
    if (branches.size() == 1) {
      return false;
    }
    for (Branch other : branches) {
      if (other.parent == branch && other.firstSeq == seq + 1 && graph.isHeld(other.get(0))) {
        return true;
      }
    }
    return false;
  }

  /** Appends at most 16 tips to a frontier's, ascending: the deepest ones. */
  void listTips(List<Tip> into) {
    List<LogEntry> tips = tips();
    if (tips.size() > 1) {
      tips.sort((a, b) -> b.place().compareTo(a.place()));
    }
    List<Tip> listed = new ArrayList<>();
    for (LogEntry tip : tips) {
      if (listed.size() == Limits.FRONTIER_TIPS_OF_KEY) {
        break;
      }
      listed.add(new Tip(key, tip.seq(), tip.id()));
    }
    listed.sort(null);
    into.addAll(listed);
  }
}

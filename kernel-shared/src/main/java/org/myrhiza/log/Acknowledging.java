// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Which events in dispute are acknowledged: in the past of a kept event of another principal whose
 * past holds neither two events of that key with one seq nor an own fence that excludes the event.
 * Who acknowledges one event of a chain acknowledges those before it, too.
 *
 * <p>Each acknowledgement is remembered with one event that makes it, so that an event that is no
 * longer kept leads to those that have to find another. They are judged from the greatest number
 * down: who acknowledges came in later than what it acknowledges.
 *
 * <p>For the other direction, an event is <em>open</em> when its past, itself included, may hold an
 * event in dispute that is not acknowledged and that a descendant may acknowledge. Kept events of
 * other principals never are: they have acknowledged it, or they and all after them cannot.
 */
final class Acknowledging {
  /** Chains about which an event is asked one by one; of more it is cheaper to mark its past. */
  private static final int FEW = 4;

  /** How often the whole log is looked through for one chain before {@link Tips} are made. */
  private static final int SCANS = 2;

  private static final int FIRST_CAPACITY = 64;

  /** Says whether an event is kept from now on. */
  interface Keeper {
    void keep(int number, boolean kept);
  }

  /** An open chain before an event, and its last event there that is not acknowledged. */
  private static final class Found {
    final Dispute dispute;
    int last;

    Found(Dispute dispute, int last) {
      this.dispute = dispute;
      this.last = last;
    }
  }

  private final Graph graph;
  private final Disputes disputes;
  private final Keeper keeper;
  private final Flags acknowledged = new Flags();
  private final Flags open = new Flags();
  private final Flags lost = new Flags();
  private final Flags seen = new Flags();
  // Looked up, never iterated.
  private final Map<Integer, Numbers> witnessed = new HashMap<>();
  private final Map<Chain, Candidates> candidates = new HashMap<>();
  private final PriorityQueue<Integer> doubtful = new PriorityQueue<>(Comparator.reverseOrder());
  private final Numbers news = new Numbers();
  private final Numbers work = new Numbers();
  private final List<Tips> recent = new ArrayList<>();

  Acknowledging(Graph graph, Disputes disputes, Keeper keeper) {
    this.graph = graph;
    this.disputes = disputes;
    this.keeper = keeper;
  }

  // ---- an event comes in

  /** Decides an event that came in after all others that were decided. */
  void arrive(int number) {
    Dispute dispute = disputes.of(graph.branch(number).chain);
    if (dispute != null && !disputes.isPlain(number, dispute)) {
      open.set(number, true);
      return;
    }
    keeper.keep(number, true);
    acknowledge(number);
    while (!news.isEmpty()) {
      int next = news.pop();
      Dispute about = disputes.of(graph.branch(next).chain);
      if (about != null && !disputes.isVoid(next, about)) {
        keeper.keep(next, true);
        acknowledge(next);
      }
    }
  }

  /** Marks what an event acknowledges that is kept from now on. */
  private void acknowledge(int number) {
    boolean stays = false;
    if (isAfterOpen(number)) {
      List<Dispute> asked = new ArrayList<>();
      for (Found found : openBefore(number)) {
        if (graph.branch(number).chain == found.dispute.chain()) {
          stays = true;
        } else if (isSimple(found.dispute)) {
          stays |= acknowledge(number, found.dispute, found.last);
        } else {
          asked.add(found.dispute);
        }
      }
      Past past = asked.size() > FEW ? Past.of(graph, disputes, number, asked) : null;
      for (Dispute dispute : asked) {
        int last = past == null ? tips(dispute).unfenced(number) : past.unfenced(dispute);
        stays |= acknowledge(number, dispute, last);
      }
    }
    open.set(number, stays);
  }

  /** Whether no past can hold two events of a chain with one seq, nor an own fence over it. */
  private static boolean isSimple(Dispute dispute) {
    return dispute.ownFences().isEmpty() && dispute.chain().citedBranches <= 1;
  }

  private boolean isAfterOpen(int number) {
    for (int parent : graph.parents(number)) {
      if (open.get(parent)) {
        return true;
      }
    }
    return false;
  }

  /** Returns what is open before an event. */
  private List<Found> openBefore(int number) {
    List<Found> found = new ArrayList<>();
    Map<Chain, Found> byChain = new HashMap<>();
    Numbers walked = new Numbers();
    work.push(number);
    while (!work.isEmpty()) {
      for (int parent : graph.parents(work.pop())) {
        if (open.get(parent) && !seen.get(parent)) {
          seen.set(parent, true);
          walked.push(parent);
          work.push(parent);
          note(parent, found, byChain);
        }
      }
    }
    for (int i = 0; i < walked.size(); i++) {
      seen.set(walked.get(i), false);
      if (found.isEmpty()) {
        open.set(walked.get(i), false);
      }
    }
    return found;
  }

  private void note(int number, List<Found> found, Map<Chain, Found> byChain) {
    Dispute dispute = disputes.of(graph.branch(number).chain);
    if (dispute == null || acknowledged.get(number) || graph.seq(number) < dispute.fromSeq()) {
      return;
    }
    Found known = byChain.get(dispute.chain());
    if (known == null) {
      Found first = new Found(dispute, number);
      byChain.put(dispute.chain(), first);
      found.add(first);
    } else if (graph.seq(known.last) < graph.seq(number)) {
      known.last = number;
    }
  }

  /**
   * Marks what an event acknowledges of a chain; returns whether others after it still may.
   *
   * @param last the last event of the chain that it may acknowledge, if any
   */
  private boolean acknowledge(int number, Dispute dispute, int last) {
    if (last == Graph.NONE || acknowledged.get(last) || graph.seq(last) < dispute.fromSeq()) {
      return false;
    }
    if (graph.principalOf(last) == graph.principalOf(number)) {
      return true;
    }
    mark(dispute, last, number);
    return false;
  }

  // ---- what is acknowledged

  private void mark(Dispute dispute, int last, int by) {
    int at = last;
    while (at != Graph.NONE && !acknowledged.get(at) && graph.seq(at) >= dispute.fromSeq()) {
      acknowledged.set(at, true);
      news.push(at);
      at = graph.prev(at);
    }
    if (by != Graph.NONE) {
      witnessed.computeIfAbsent(by, any -> new Numbers()).push(last);
    }
  }

  // ---- forks and fences

  /** Puts everything of a chain in doubt. */
  void reconsider(Dispute dispute) {
    dispute.chain().scanned = 0;
    for (Branch branch : dispute.chain().branches()) {
      for (long seq = Math.max(branch.firstSeq, dispute.fromSeq());
          seq <= branch.lastSeq();
          seq++) {
        int number = branch.at(seq);
        acknowledged.set(number, false);
        if (disputes.isVoid(number, dispute)) {
          drop(number);
        }
      }
      if (branch.lastSeq() >= dispute.fromSeq()) {
        doubtful.add(branch.last());
      }
    }
  }

  /** Decides all that is in doubt. */
  void judge() {
    while (!doubtful.isEmpty()) {
      int number = doubtful.remove();
      boolean wasLost = lost.get(number);
      lost.set(number, false);
      Dispute dispute = disputes.of(graph.branch(number).chain);
      if (dispute != null && !acknowledged.get(number) && !disputes.isPlain(number, dispute)) {
        judge(number, dispute, wasLost);
      }
    }
    candidates.clear();
  }

  private void judge(int number, Dispute dispute, boolean wasLost) {
    boolean before = wasLost && isBeforeAcknowledged(number);
    int by = before ? Graph.NONE : acknowledger(number, dispute);
    if (before || by != Graph.NONE) {
      mark(dispute, number, by);
      while (!news.isEmpty()) {
        news.pop();
      }
      return;
    }
    open.set(number, true);
    drop(number);
    int prev = graph.prev(number);
    if (prev != Graph.NONE && graph.seq(prev) >= dispute.fromSeq()) {
      if (wasLost) {
        lose(prev);
      } else if (!acknowledged.get(prev)) {
        doubtful.add(prev);
      }
    }
  }

  private void drop(int number) {
    keeper.keep(number, false);
    Numbers of = witnessed.remove(number);
    while (of != null && !of.isEmpty()) {
      lose(of.pop());
    }
  }

  private void lose(int number) {
    if (acknowledged.get(number)) {
      acknowledged.set(number, false);
      lost.set(number, true);
      doubtful.add(number);
    }
  }

  /** Whether an event of the chain that follows an event is acknowledged. */
  private boolean isBeforeAcknowledged(int number) {
    Branch branch = graph.branch(number);
    long next = graph.seq(number) + 1;
    if (next <= branch.lastSeq() && acknowledged.get(branch.at(next))) {
      return true;
    }
    for (Branch other : branch.chain.branches()) {
      if (other.parent == branch && other.firstSeq == next && acknowledged.get(other.get(0))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns a kept event that acknowledges another one, nothing of whose chain after it is
   * acknowledged; {@link Graph#NONE} if none does, and then what is after it is open.
   */
  private int acknowledger(int number, Dispute dispute) {
    if (isSimple(dispute)) {
      if (!graph.branch(number).isCited()) {
        return Graph.NONE;
      }
      if (dispute.chain().scanned < SCANS * graph.size()) {
        return firstAfter(number, dispute.chain());
      }
    }
    Candidates known = candidates.get(dispute.chain());
    int by = known == null ? Graph.NONE : known.first(number);
    if (known == null || (by == Graph.NONE && known.isFull(number))) {
      known = new Candidates(graph, tips(dispute), known, at -> open.set(at, true));
      candidates.put(dispute.chain(), known);
      by = known.first(number);
    }
    return by;
  }

  /** Looks through what came in after an event for a kept one that acknowledges it. */
  private int firstAfter(int number, Chain chain) {
    int principal = graph.principalOf(number);
    boolean[] after = new boolean[FIRST_CAPACITY];
    after[0] = true;
    int size = graph.size();
    for (int at = number + 1; at < size; at++) {
      int offset = at - number;
      if (offset == after.length) {
        after = Arrays.copyOf(after, offset * 2);
      }
      for (int parent : graph.parents(at)) {
        after[offset] |= parent >= number && after[parent - number];
      }
      if (after[offset] && graph.isKept(at) && graph.principalOf(at) != principal) {
        chain.scanned += offset;
        return at;
      }
    }
    for (int at = number + 1; at < size; at++) {
      if (after[at - number]) {
        open.set(at, true);
      }
    }
    chain.scanned += size - number;
    return Graph.NONE;
  }

  private Tips tips(Dispute dispute) {
    for (int i = 0; i < recent.size(); i++) {
      if (recent.get(i).isOf(dispute)) {
        Tips found = recent.remove(i);
        recent.add(found);
        found.extend();
        return found;
      }
    }
    Tips made = new Tips(graph, disputes, dispute);
    made.extend();
    recent.add(made);
    if (recent.size() > FEW) {
      recent.removeFirst();
    }
    return made;
  }
}

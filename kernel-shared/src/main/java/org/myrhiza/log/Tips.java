// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What the past of each event, itself included, holds of one chain in dispute: its last event, or
 * two with one seq, and the own fences that bear on it. Worked out once through the log, parents
 * first, from the first event that matters on; what comes in later is added.
 */
final class Tips {
  /** In the place of a tip: the past holds two events of the key with one seq. */
  private static final int FORKED = -1;

  /** In the place of a tip or a fence: none. Others are told as their number and 1. */
  private static final int NONE = 0;

  private final Graph graph;
  private final Disputes disputes;
  private final Dispute dispute;
  private final int start;
  private final int[] fencers;
  private int[] tips;
  private final int[][] fences;
  private int filled;

  Tips(Graph graph, Disputes disputes, Dispute dispute) {
    this.graph = graph;
    this.disputes = disputes;
    this.dispute = dispute;
    start = start(dispute, graph.size());
    int room = Math.max(0, graph.size() - start);
    fencers = fencers(dispute);
    tips = new int[room];
    fences = new int[fencers.length][room];
  }

  /** Returns the principals that fence keys of their own, each once. */
  private static int[] fencers(Dispute dispute) {
    Numbers found = new Numbers();
    TreeSet<Integer> seen = new TreeSet<>();
    for (FenceMark mark : dispute.ownFences()) {
      if (seen.add(mark.principal)) {
        found.push(mark.principal);
      }
    }
    return found.toArray();
  }

  /** Returns the number of the first event of the dispute, or of its first own fence. */
  static int start(Dispute dispute, int none) {
    int first = none;
    for (FenceMark mark : dispute.ownFences()) {
      first = Math.min(first, mark.number);
    }
    for (Branch branch : dispute.chain().branches()) {
      if (branch.lastSeq() >= dispute.fromSeq()) {
        first = Math.min(first, branch.at(Math.max(branch.firstSeq, dispute.fromSeq())));
      }
    }
    return first;
  }

  boolean isOf(Dispute other) {
    return dispute.equals(other);
  }

  /** Takes in what became valid meanwhile. */
  void extend() {
    int room = graph.size() - start;
    if (room > tips.length) {
      int capacity = room + room / 2;
      tips = Arrays.copyOf(tips, capacity);
      for (int i = 0; i < fences.length; i++) {
        fences[i] = Arrays.copyOf(fences[i], capacity);
      }
    }
    while (filled < room) {
      add(start + filled++);
    }
  }

  private void add(int number) {
    int at = number - start;
    int tip = NONE;
    int[] parents = graph.parents(number);
    for (int parent : parents) {
      int theirs = parent < start ? NONE : tips[parent - start];
      tip = theirs == tip || theirs == NONE ? tip : merged(tip, theirs);
    }
    tips[at] = isDisputed(number) ? own(tip, number) : tip;
    for (int i = 0; i < fences.length; i++) {
      int[] marks = fences[i];
      int mark = graph.isFence(number) ? ownFence(number, fencers[i]) : NONE;
      for (int parent : parents) {
        mark = stricter(mark, parent < start ? NONE : marks[parent - start]);
      }
      marks[at] = mark;
    }
  }

  private boolean isDisputed(int number) {
    return graph.branch(number).chain == dispute.chain() && graph.seq(number) >= dispute.fromSeq();
  }

  private int own(int before, int number) {
    boolean clean = before == NONE || (before > 0 && disputes.isAtOrBefore(before - 1, number));
    return clean ? number + 1 : FORKED;
  }

  private int merged(int a, int b) {
    if (a == NONE || a == FORKED || b == FORKED) {
      return a == NONE ? b : FORKED;
    }
    if (disputes.isAtOrBefore(b - 1, a - 1)) {
      return a;
    }
    return disputes.isAtOrBefore(a - 1, b - 1) ? b : FORKED;
  }

  private int ownFence(int number, int principal) {
    List<FenceMark> marks = dispute.ownFences();
    for (int i = 0; i < marks.size(); i++) {
      if (marks.get(i).number == number && marks.get(i).principal == principal) {
        return i + 1;
      }
    }
    return NONE;
  }

  /** Of the fences of one principal only the one with least inside matters: on one path. */
  private int stricter(int a, int b) {
    if (a == NONE || b == NONE || a == b) {
      return a == NONE ? b : a;
    }
    long insideA = dispute.ownFences().get(a - 1).greatestInside(dispute.chain());
    long insideB = dispute.ownFences().get(b - 1).greatestInside(dispute.chain());
    return insideB < insideA ? b : a;
  }

  /**
   * Returns the last event of the chain that an event may acknowledge: all in its past, unless that
   * holds two with one seq, up to an own fence in it. {@link Graph#NONE} if there is none.
   */
  int unfenced(int number) {
    int tip = number < start ? NONE : tips[number - start];
    if (tip <= NONE) {
      return Graph.NONE;
    }
    int last = tip - 1;
    int principal = graph.principalOf(last);
    for (int i = 0; i < fences.length; i++) {
      int mark = fences[i][number - start];
      if (mark != NONE && fencers[i] == principal) {
        return disputes.lastInside(dispute.ownFences().get(mark - 1), last);
      }
    }
    return last;
  }

  Chain chain() {
    return dispute.chain();
  }

  /** Returns the number of the first event of which it tells anything. */
  int start() {
    return start;
  }
}

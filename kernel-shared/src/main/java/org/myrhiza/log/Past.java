// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;

/**
 * The past of one event, as far back as some chains in dispute reach. It is marked once, however
 * many chains there are; of one chain and many events {@link Tips} tell the same.
 */
final class Past {
  private final Graph graph;
  private final Disputes disputes;
  private final int lowest;
  private final boolean[] marks;

  private Past(Graph graph, Disputes disputes, int number, int lowest) {
    this.graph = graph;
    this.disputes = disputes;
    this.lowest = lowest;
    marks = new boolean[Math.max(1, number + 1 - lowest)];
    marks[marks.length - 1] = true;
    for (int at = number; at >= lowest; at--) {
      if (marks[at - lowest]) {
        for (int parent : graph.parents(at)) {
          if (parent >= lowest) {
            marks[parent - lowest] = true;
          }
        }
      }
    }
  }

  static Past of(Graph graph, Disputes disputes, int number, List<Dispute> reaching) {
    int lowest = number;
    for (Dispute dispute : reaching) {
      lowest = Math.min(lowest, Tips.start(dispute, number));
    }
    return new Past(graph, disputes, number, lowest);
  }

  private boolean holds(int number) {
    return number - lowest < marks.length && marks[number - lowest];
  }

  /** Returns what {@link Tips#unfenced} returns, for an event of another chain. */
  int unfenced(Dispute dispute) {
    int tip = Graph.NONE;
    for (Branch branch : dispute.chain().branches()) {
      int last = last(branch, dispute.fromSeq());
      if (last == Graph.NONE || (tip != Graph.NONE && disputes.isAtOrBefore(last, tip))) {
        continue;
      }
      if (tip != Graph.NONE && !disputes.isAtOrBefore(tip, last)) {
        return Graph.NONE;
      }
      tip = last;
    }
    return tip == Graph.NONE ? tip : unfenced(dispute, tip);
  }

  /** Returns the last event of a branch in the past: it holds all before that, too. */
  private int last(Branch branch, long fromSeq) {
    int first = (int) Math.max(0, Math.min(branch.size(), fromSeq - branch.firstSeq));
    int low = first;
    int high = branch.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds(branch.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == first ? Graph.NONE : branch.get(low - 1);
  }

  private int unfenced(Dispute dispute, int tip) {
    int last = tip;
    int principal = graph.principalOf(tip);
    for (FenceMark mark : dispute.ownFences()) {
      if (mark.principal == principal && holds(mark.number) && last != Graph.NONE) {
        last = disputes.lastInside(mark, last);
      }
    }
    return last;
  }
}

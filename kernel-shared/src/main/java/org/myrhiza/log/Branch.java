// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of one chain without a gap: the events from one seq on, each the previous of the next.
 * A chain that did not fork is one branch. Which branch goes on and which one begins at a fork
 * depends on arrival and shows nowhere.
 */
final class Branch {
  final Chain chain;
  final @Nullable Branch parent;
  final long firstSeq;
  private final Numbers events = new Numbers();
  private boolean cited;

  /** A branch that begins after an event of the parent, or with seq 1. */
  Branch(Chain chain, @Nullable Branch parent, long firstSeq) {
    this.chain = chain;
    this.parent = parent;
    this.firstSeq = firstSeq;
  }

  void add(int number) {
    events.push(number);
  }

  /** Says that an event outside of the branch cites one of it. */
  void cite() {
    if (!cited) {
      cited = true;
      chain.citedBranches++;
    }
  }

  boolean isCited() {
    return cited;
  }

  int size() {
    return events.size();
  }

  int get(int index) {
    return events.get(index);
  }

  int last() {
    return events.last();
  }

  long lastSeq() {
    return firstSeq + events.size() - 1;
  }

  /** Returns the event of the branch with a seq. */
  int at(long seq) {
    return events.get((int) (seq - firstSeq));
  }

  /** Returns how many events of the branch are held: always its first ones. */
  int held(Graph graph) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (graph.isHeld(events.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * For each event in dispute of a chain, a few kept events that acknowledge it and nothing of its
 * chain after it. While what is kept only shrinks, a list that is not full stays complete.
 */
final class Candidates {
  /** Events that are listed for one at first. */
  private static final int LISTED = 4;

  /** How many times as many are listed when none of those is kept any more. */
  private static final int MORE = 8;

  private final Graph graph;
  private final int most;
  // Looked up, never iterated.
  private final Map<Integer, Numbers> lists = new HashMap<>();

  /**
   * Looks them up.
   *
   * @param before what was looked up before and is not enough, null the first time
   * @param others gets the events that have something of the chain in their past that they may
   *     acknowledge, and cannot, being not kept or of the same principal
   */
  Candidates(Graph graph, Tips tips, @Nullable Candidates before, IntConsumer others) {
    this.graph = graph;
    most = before == null ? LISTED : Math.min(graph.size(), before.most * MORE);
    Chain chain = tips.chain();
    int size = graph.size();
    for (int number = tips.start(); number < size; number++) {
      int last = tips.unfenced(number);
      if (last == Graph.NONE || graph.branch(number).chain == chain) {
        continue;
      }
      if (!graph.isKept(number) || graph.principalOf(number) == graph.principalOf(last)) {
        others.accept(number);
        continue;
      }
      Numbers list = lists.computeIfAbsent(last, any -> new Numbers());
      if (list.size() < most) {
        list.push(number);
      }
    }
  }

  /** Returns one that is still kept, {@link Graph#NONE} if none that is listed is. */
  int first(int number) {
    Numbers list = lists.get(number);
    for (int i = 0; list != null && i < list.size(); i++) {
      if (graph.isKept(list.get(i))) {
        return list.get(i);
      }
    }
    return Graph.NONE;
  }

  /** Whether there may be others than those that are listed. */
  boolean isFull(int number) {
    Numbers list = lists.get(number);
    return list != null && list.size() == most;
  }
}

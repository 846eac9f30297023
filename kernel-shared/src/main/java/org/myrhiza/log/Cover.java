// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Place;

/**
 * What of one chain a peer holds, as far as its tips say.
 *
 * <p>A tip that is known here covers itself and what it follows. A tip that is not known covers
 * nothing, with one exception: on a chain that did not fork as far as this peer knows, a tip beyond
 * its end can only be its continuation, and so covers all of it. Should it be the end of another
 * branch after all, that peer finds out from the other side: there, this chain's end is an unknown
 * tip within reach (see {@link Log#frontierFor}).
 */
final class Cover {
  private final Graph graph;
  private final Chain chain;
  // Looked up, never iterated: of each branch, how many of its first events the peer holds.
  private final Map<Branch, Integer> covered = new HashMap<>();

  private Cover(Graph graph, Chain chain) {
    this.graph = graph;
    this.chain = chain;
  }

  static Cover of(Graph graph, Chain chain, Frontier remote) {
    Cover cover = new Cover(graph, chain);
    for (Tip tip : remote.of(chain.key())) {
      int known = graph.find(tip.id());
      if (known != Graph.NONE && graph.branch(known).chain == chain) {
        cover.add(known);
      } else if (!chain.forked() && tip.seq() > chain.length() && chain.length() > 0) {
        cover.add(chain.branches().getFirst().last());
      }
    }
    return cover;
  }

  private void add(int tip) {
    Branch branch = graph.branch(tip);
    long last = graph.seq(tip);
    while (branch != null) {
      covered.merge(branch, (int) (last - branch.firstSeq + 1), Math::max);
      last = branch.firstSeq - 1;
      branch = branch.parent;
    }
  }

  /** A walk over what the peer lacks of one branch. */
  final class Walk {
    private final Branch branch;
    private final int end;
    private int at;

    private Walk(Branch branch, int at, int end) {
      this.branch = branch;
      this.at = at;
      this.end = end;
    }

    /** Returns the next event, null at the end. */
    @Nullable Place peek() {
      return at < end ? graph.place(branch.get(at)) : null;
    }

    void advance() {
      at++;
    }

    int remaining() {
      return end - at;
    }
  }

  /** Returns walks over the held events that the peer lacks and that come after a place. */
  List<Walk> walksFrom(@Nullable Place place) {
    List<Walk> walks = new ArrayList<>();
    for (Branch branch : chain.branches()) {
      int end = branch.held(graph);
      int start = covered.getOrDefault(branch, 0);
      int at = place == null ? start : Math.max(start, after(branch, place));
      if (at < end) {
        walks.add(new Walk(branch, at, end));
      }
    }
    return walks;
  }

  private int after(Branch branch, Place place) {
    int low = 0;
    int high = branch.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (graph.place(branch.get(middle)).compareTo(place) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;
import org.myrhiza.hash.TrieHash;

/**
 * The Merkle tree over the places of the held events (SYNC-1), hashed when somebody asks.
 *
 * <p>It is the {@link OrderTree} seen without the events that are not held: a node with held events
 * on one side only is passed over, so that a set of held events has one tree, whatever else is
 * known. Hashes of nodes with many events below are remembered until an event below becomes held or
 * no longer; those of few are cheaper worked out anew than kept, and so a million events take some
 * 10 MB.
 */
public final class LogTree {
  private final OrderTree order;
  private final Graph graph;

  LogTree(OrderTree order, Graph graph) {
    this.order = order;
    this.graph = graph;
  }

  /** Returns all held events in few words. */
  public Subtree root() {
    return subtree(Prefix.ALL);
  }

  /** Returns the held events of a range in few words; hashes what changed since the last time. */
  public Subtree subtree(Prefix range) {
    int top = order.top(range);
    if (top == OrderTree.EMPTY) {
      return new Subtree(range, 0, TrieHash.EMPTY);
    }
    return new Subtree(range, order.count(top, OrderTree.Of.HELD), hash(top));
  }

  /**
   * Takes a range apart: one of few events down to each event; else the subtrees with most events
   * first, until there are enough parts.
   *
   * @param maxParts how many parts at most, 2 to {@link Limits#CUT_PARTS}
   */
  public Cut cut(Prefix range, int maxParts) {
    List<Subtree> parts = new ArrayList<>();
    int top = order.top(range);
    if (top != OrderTree.EMPTY && order.count(top, OrderTree.Of.HELD) <= Limits.CUT_LEAVES) {
      addLeaves(top, parts);
    } else if (top != OrderTree.EMPTY) {
      for (int node : split(top, maxParts)) {
        parts.add(part(node));
      }
    }
    return new Cut(range, parts);
  }

  /**
   * Returns how many nodes were passed since the start, of this process, to add events to the order
   * and to count them as held and kept: what an event costs there. Wraps around.
   */
  public int passed() {
    return order.passed();
  }

  private List<Integer> split(int top, int maxParts) {
    List<Integer> nodes = new ArrayList<>(List.of(top));
    int widest = widest(nodes);
    while (widest >= 0 && nodes.size() < maxParts) {
      int node = nodes.get(widest);
      nodes.set(widest, order.heldBelow(order.left(node)));
      nodes.add(widest + 1, order.heldBelow(order.right(node)));
      widest = widest(nodes);
    }
    return nodes;
  }

  /** The node with most events below, if any has too many for leaves; -1 if none has. */
  private int widest(List<Integer> nodes) {
    int widest = -1;
    int most = Limits.CUT_LEAVES;
    for (int i = 0; i < nodes.size(); i++) {
      int count = order.count(nodes.get(i), OrderTree.Of.HELD);
      if (count > most) {
        most = count;
        widest = i;
      }
    }
    return widest;
  }

  private Subtree part(int node) {
    Prefix prefix = Prefix.of(order.key(node), order.bits(node));
    return new Subtree(prefix, order.count(node, OrderTree.Of.HELD), hash(node));
  }

  private void addLeaves(int node, List<Subtree> parts) {
    int child = order.heldBelow(node);
    if (child == OrderTree.EMPTY) {
      return;
    }
    if (child < 0) {
      parts.add(Subtree.leaf(order.key(child)));
    } else {
      addLeaves(order.left(child), parts);
      addLeaves(order.right(child), parts);
    }
  }

  private Bytes hash(int node) {
    int child = order.heldBelow(node);
    if (child < 0) {
      return Subtree.hash(order.key(child));
    }
    Bytes known = order.memo(child);
    if (known != null) {
      return known;
    }
    Bytes left = hash(order.left(child));
    Bytes right = hash(order.right(child));
    Bytes hash = TrieHash.node(order.bits(child), order.key(child), left, right);
    order.remember(child, hash);
    return hash;
  }

  /** Returns held events by their ids, in canonical order; what is not held is left out. */
  public Page named(List<EventId> ids, int maxEvents, long maxBytes) {
    List<Place> places = new ArrayList<>();
    for (EventId id : ids) {
      int number = graph.find(id);
      if (number != Graph.NONE && graph.isHeld(number)) {
        places.add(graph.place(number));
      }
    }
    places.sort(null);
    List<LogEntry> entries = new ArrayList<>();
    for (Place place : places) {
      entries.add(graph.entry(graph.number(place.id())));
    }
    return Reach.cut(entries, new Reach.Bounds(maxEvents, maxBytes));
  }

  /** Hashes of inner nodes by number; looked up by {@link OrderTree}, which clears them. */
  static final class Memo {
    private @Nullable Bytes[] hashes = new @Nullable Bytes[0];

    @Nullable Bytes get(int node) {
      return node < hashes.length ? hashes[node] : null;
    }

    void put(int node, Bytes hash) {
      if (node >= hashes.length) {
        hashes = Arrays.copyOf(hashes, Math.max(node + 1, hashes.length * 2));
      }
      hashes[node] = hash;
    }

    void clear(int node) {
      if (node < hashes.length) {
        hashes[node] = null;
      }
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Place;
import org.myrhiza.hash.TrieHash;

/**
 * All events in canonical order: a binary, path-compressed trie over the 56 bytes of their places,
 * which counts what is below each node. Adding an event, the event at a position and the position
 * of an event cost a walk down. A walk is short for whoever chooses the places: its length is at
 * most the bits of a place, and in a log of n events about log2 n.
 *
 * <p>Held and kept events are counted apart, so that their orders are indexes too.
 */
final class OrderTree {
  private static final int BYTE_BITS = 8;
  private static final int KEY_BITS = Place.KEY_BYTES * BYTE_BITS;
  private static final int FIRST_CAPACITY = 64;

  /** No node. */
  static final int EMPTY = Integer.MIN_VALUE;

  /** Nodes with fewer held events below are hashed anew each time: at most as many hashes. */
  private static final int MEMO_EVENTS = 16;

  /** What is counted below each node. */
  enum Of {
    /** Every valid event. */
    ALL,
    /** Those that are held. */
    HELD,
    /** Those that are kept. */
    KEPT
  }

  // A child is the index of an inner node, or the complement of an event's number.
  private int root = EMPTY;
  private int inner;
  private int[] left = new int[FIRST_CAPACITY];
  private int[] right = new int[FIRST_CAPACITY];
  private short[] bits = new short[FIRST_CAPACITY];
  private int[] all = new int[FIRST_CAPACITY];
  private int[] held = new int[FIRST_CAPACITY];
  private int[] kept = new int[FIRST_CAPACITY];
  private boolean[] heldLeaves = new boolean[FIRST_CAPACITY];
  private boolean[] keptLeaves = new boolean[FIRST_CAPACITY];
  private final LogTree.Memo memo = new LogTree.Memo();
  private final Places places;
  private int size;

  /** Nodes passed so far by what adds, holds and keeps events. */
  private int passed;

  /** A tree over places that are added there first. */
  OrderTree(Places places) {
    this.places = places;
  }

  /**
   * Adds the next number, whose place is not in the tree yet; it counts as neither held nor kept.
   */
  void add(int number) {
    if (number == heldLeaves.length) {
      int capacity = Graph.longer(number);
      heldLeaves = Arrays.copyOf(heldLeaves, capacity);
      keptLeaves = Arrays.copyOf(keptLeaves, capacity);
    }
    size++;
    if (root == EMPTY) {
      root = ~number;
      return;
    }
    Bytes key = places.key(number);
    int parting = places.parting(nearest(key), key);
    int node = newInner(parting);
    int child = root;
    int above = EMPTY;
    while (child >= 0 && bits[child] < parting) {
      all[child]++;
      passed++;
      above = child;
      child = TrieHash.bit(key, bits[child]) == 0 ? left[child] : right[child];
    }
    all[node] = count(child, Of.ALL) + 1;
    held[node] = count(child, Of.HELD);
    kept[node] = count(child, Of.KEPT);
    boolean before = TrieHash.bit(key, parting) == 0;
    left[node] = before ? ~number : child;
    right[node] = before ? child : ~number;
    if (above == EMPTY) {
      root = node;
    } else if (TrieHash.bit(key, bits[above]) == 0) {
      left[above] = node;
    } else {
      right[above] = node;
    }
  }

  /**
   * Makes the tree of all places anew, which costs less than adding them one by one.
   *
   * @param isHeld by number, which events count as held; becomes part of the tree
   * @param isKept the same of the kept ones
   */
  void build(boolean[] isHeld, boolean[] isKept) {
    size = places.size();
    heldLeaves = isHeld;
    keptLeaves = isKept;
    int capacity = isHeld.length;
    left = new int[capacity];
    right = new int[capacity];
    bits = new short[capacity];
    all = new int[capacity];
    held = new int[capacity];
    kept = new int[capacity];
    inner = 0;
    root = new OrderBuilder(this, places).root();
  }

  /** Adds a node above two others. */
  int join(int before, int after, int bit) {
    int node = newInner(bit);
    left[node] = before;
    right[node] = after;
    all[node] = count(before, Of.ALL) + count(after, Of.ALL);
    held[node] = count(before, Of.HELD) + count(after, Of.HELD);
    kept[node] = count(before, Of.KEPT) + count(after, Of.KEPT);
    return node;
  }

  private int newInner(int bit) {
    if (inner == left.length) {
      int capacity = Graph.longer(inner);
      left = Arrays.copyOf(left, capacity);
      right = Arrays.copyOf(right, capacity);
      bits = Arrays.copyOf(bits, capacity);
      all = Arrays.copyOf(all, capacity);
      held = Arrays.copyOf(held, capacity);
      kept = Arrays.copyOf(kept, capacity);
    }
    bits[inner] = (short) bit;
    return inner++;
  }

  /** Returns an event that shares as long a beginning with the key as any. */
  private int nearest(Bytes key) {
    int child = root;
    while (child >= 0) {
      passed++;
      child = TrieHash.bit(key, bits[child]) == 0 ? left[child] : right[child];
    }
    return ~child;
  }

  /** Returns what is counted at and below a node. */
  int count(int child, Of what) {
    return switch (what) {
      case ALL -> child >= 0 ? all[child] : 1;
      case HELD -> child >= 0 ? held[child] : heldLeaves[~child] ? 1 : 0;
      case KEPT -> child >= 0 ? kept[child] : keptLeaves[~child] ? 1 : 0;
    };
  }

  /** Says that an event counts as held from now on, or no longer. */
  void hold(int number, boolean isHeld) {
    heldLeaves[number] = isHeld;
    count(number, held, isHeld ? 1 : -1);
    forget(number);
  }

  /** Says that an event counts as kept from now on, or no longer. */
  void keep(int number, boolean isKept) {
    keptLeaves[number] = isKept;
    count(number, kept, isKept ? 1 : -1);
  }

  private void count(int number, int[] counts, int by) {
    int child = root;
    while (child >= 0) {
      counts[child] += by;
      passed++;
      child = places.bit(number, bits[child]) == 0 ? left[child] : right[child];
    }
  }

  /** Clears the hashes above an event. */
  private void forget(int number) {
    int child = root;
    while (child >= 0) {
      memo.clear(child);
      passed++;
      child = places.bit(number, bits[child]) == 0 ? left[child] : right[child];
    }
  }

  // ---- the held events as a tree of their own: see LogTree

  /** Returns the node below which all held events of a range are, {@link #EMPTY} if none is. */
  int top(Prefix range) {
    if (root == EMPTY) {
      return EMPTY;
    }
    Bytes first = range.first();
    int child = root;
    while (child >= 0 && bits[child] < range.bits()) {
      child = TrieHash.bit(first, bits[child]) == 0 ? left[child] : right[child];
    }
    boolean within = TrieHash.parting(key(child), first) >= range.bits();
    return within ? heldBelow(child) : EMPTY;
  }

  /**
   * Returns the uppermost node at or below another that has held events on both sides, or the one
   * held event; {@link #EMPTY} if there is none.
   */
  int heldBelow(int node) {
    if (node == EMPTY || count(node, Of.HELD) == 0) {
      return EMPTY;
    }
    int child = node;
    while (child >= 0) {
      int before = count(left[child], Of.HELD);
      if (before > 0 && before < held[child]) {
        return child;
      }
      child = before > 0 ? left[child] : right[child];
    }
    return child;
  }

  int left(int node) {
    return left[node];
  }

  int right(int node) {
    return right[node];
  }

  /** Returns how many bits all below a node share. */
  int bits(int node) {
    return node < 0 ? KEY_BITS : bits[node];
  }

  /** Returns the key of some event at or below a node. */
  Bytes key(int node) {
    int child = node;
    while (child >= 0) {
      child = left[child];
    }
    return places.key(~child);
  }

  @Nullable Bytes memo(int node) {
    return memo.get(node);
  }

  void remember(int node, Bytes hash) {
    if (held[node] >= MEMO_EVENTS) {
      memo.put(node, hash);
    }
  }

  int passed() {
    return passed;
  }

  int size(Of what) {
    return root == EMPTY ? 0 : count(root, what);
  }

  /**
   * Returns the event at a position, from 0.
   *
   * @throws IllegalArgumentException if there is none
   */
  int at(int position, Of what) {
    if (position < 0 || position >= size(what)) {
      throw new IllegalArgumentException("position " + position + " of " + size(what));
    }
    int left = position;
    int child = root;
    while (child >= 0) {
      int before = count(this.left[child], what);
      if (left < before) {
        child = this.left[child];
      } else {
        left -= before;
        child = right[child];
      }
    }
    return ~child;
  }

  /** Returns how many events stand before a place. */
  int before(Place place, Of what) {
    if (root == EMPTY) {
      return 0;
    }
    Bytes key = place.key();
    int parting = places.parting(nearest(key), key);
    int before = 0;
    int child = root;
    while (child >= 0 && bits[child] < parting) {
      if (TrieHash.bit(key, bits[child]) == 0) {
        child = left[child];
      } else {
        before += count(left[child], what);
        child = right[child];
      }
    }
    boolean after = parting < KEY_BITS && TrieHash.bit(key, parting) == 1;
    return after ? before + count(child, what) : before;
  }

  /** Returns the numbers of all events from a position on, in order. */
  int[] from(int position) {
    int[] found = new int[Math.max(0, size - position)];
    Numbers path = new Numbers();
    int child = root;
    int skip = position;
    int next = 0;
    while (next < found.length) {
      if (child < 0) {
        if (skip == 0) {
          found[next++] = ~child;
        } else {
          skip--;
        }
        child = path.isEmpty() ? EMPTY : path.pop();
      } else if (skip >= all[child]) {
        skip -= all[child];
        child = path.pop();
      } else {
        path.push(right[child]);
        child = left[child];
      }
    }
    return found;
  }
}

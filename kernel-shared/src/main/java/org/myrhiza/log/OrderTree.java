// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Place;

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
  private static final int EMPTY = Integer.MIN_VALUE;

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
  private Bytes[] keys = new Bytes[FIRST_CAPACITY];
  private boolean[] heldLeaves = new boolean[FIRST_CAPACITY];
  private boolean[] keptLeaves = new boolean[FIRST_CAPACITY];
  private int size;

  /**
   * Adds the next number with its place, which is not in the tree yet; it counts as neither held
   * nor kept.
   */
  void add(int number, Place place) {
    Bytes key = place.key();
    if (number == keys.length) {
      keys = Arrays.copyOf(keys, number * 2);
      heldLeaves = Arrays.copyOf(heldLeaves, number * 2);
      keptLeaves = Arrays.copyOf(keptLeaves, number * 2);
    }
    keys[number] = key;
    size++;
    if (root == EMPTY) {
      root = ~number;
      return;
    }
    int parting = parting(keys[nearest(key)], key);
    int node = newInner(parting);
    int child = root;
    int above = EMPTY;
    while (child >= 0 && bits[child] < parting) {
      all[child]++;
      above = child;
      child = bit(key, bits[child]) == 0 ? left[child] : right[child];
    }
    all[node] = count(child, Of.ALL) + 1;
    held[node] = count(child, Of.HELD);
    kept[node] = count(child, Of.KEPT);
    boolean before = bit(key, parting) == 0;
    left[node] = before ? ~number : child;
    right[node] = before ? child : ~number;
    if (above == EMPTY) {
      root = node;
    } else if (bit(key, bits[above]) == 0) {
      left[above] = node;
    } else {
      right[above] = node;
    }
  }

  private int newInner(int bit) {
    if (inner == left.length) {
      int capacity = inner * 2;
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
      child = bit(key, bits[child]) == 0 ? left[child] : right[child];
    }
    return ~child;
  }

  private static int parting(Bytes a, Bytes b) {
    for (int i = 0; i < Place.KEY_BYTES; i++) {
      int difference = a.at(i) ^ b.at(i);
      if (difference != 0) {
        return i * BYTE_BITS
            + Integer.numberOfLeadingZeros(difference)
            - (Integer.SIZE - BYTE_BITS);
      }
    }
    return KEY_BITS;
  }

  private static int bit(Bytes key, int index) {
    return key.at(index / BYTE_BITS) >> (BYTE_BITS - 1 - index % BYTE_BITS) & 1;
  }

  private int count(int child, Of what) {
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
  }

  /** Says that an event counts as kept from now on, or no longer. */
  void keep(int number, boolean isKept) {
    keptLeaves[number] = isKept;
    count(number, kept, isKept ? 1 : -1);
  }

  private void count(int number, int[] counts, int by) {
    Bytes key = keys[number];
    int child = root;
    while (child >= 0) {
      counts[child] += by;
      child = bit(key, bits[child]) == 0 ? left[child] : right[child];
    }
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
    int parting = parting(keys[nearest(key)], key);
    int before = 0;
    int child = root;
    while (child >= 0 && bits[child] < parting) {
      if (bit(key, bits[child]) == 0) {
        child = left[child];
      } else {
        before += count(left[child], what);
        child = right[child];
      }
    }
    boolean after = parting < KEY_BITS && bit(key, parting) == 1;
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

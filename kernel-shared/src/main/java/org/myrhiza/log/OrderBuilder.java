// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;

/**
 * Makes an {@link OrderTree} of many places at once: sorts them, which is one look at those that
 * lie in order already, and then walks along its right edge.
 */
final class OrderBuilder {
  private final OrderTree tree;
  private final Places places;

  /** Subtrees that may still grow, each with the bit in which it parts from the one before it. */
  private final Numbers edge = new Numbers();

  private final Numbers partings = new Numbers();

  OrderBuilder(OrderTree tree, Places places) {
    this.tree = tree;
    this.places = places;
  }

  /** Returns the root of the tree over all places, which all differ. */
  int root() {
    int[] sorted = sorted();
    if (sorted.length == 0) {
      return OrderTree.EMPTY;
    }
    edge.push(~sorted[0]);
    for (int i = 1; i < sorted.length; i++) {
      int parting = places.parting(sorted[i - 1], sorted[i]);
      fold(parting);
      partings.push(parting);
      edge.push(~sorted[i]);
    }
    fold(-1);
    return edge.pop();
  }

  /** Joins what parts behind a bit. */
  private void fold(int bit) {
    while (!partings.isEmpty() && partings.last() > bit) {
      int after = edge.pop();
      edge.push(tree.join(edge.pop(), after, partings.pop()));
    }
  }

  /** Returns all numbers in the order of their places, merging runs that ascend already. */
  private int[] sorted() {
    int[] from = new int[places.size()];
    Arrays.setAll(from, i -> i);
    Numbers ends = new Numbers();
    for (int i = 1; i <= from.length; i++) {
      if (i == from.length || places.compare(i - 1, i) > 0) {
        ends.push(i);
      }
    }
    int[] to = ends.size() > 1 ? new int[from.length] : from;
    while (ends.size() > 1) {
      Numbers merged = new Numbers();
      int begin = 0;
      for (int i = 0; i < ends.size(); i += 2) {
        int middle = ends.get(i);
        int end = i + 1 < ends.size() ? ends.get(i + 1) : middle;
        merge(from, to, begin, middle, end);
        merged.push(end);
        begin = end;
      }
      int[] swapped = from;
      from = to;
      to = swapped;
      ends = merged;
    }
    return from;
  }

  private void merge(int[] from, int[] to, int begin, int middle, int end) {
    int one = begin;
    int other = middle;
    for (int i = begin; i < end; i++) {
      boolean first = other == end || (one < middle && places.compare(from[one], from[other]) < 0);
      to[i] = first ? from[one++] : from[other++];
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Place;

/**
 * All entries in canonical order, as a balanced tree that counts what is below each node: adding,
 * the entry at a position and the position of an entry each cost O(log n), in any order of arrival.
 *
 * <p>An AVL tree: its height is at most 1.45 log2 n, whoever chooses the keys.
 */
final class OrderIndex {
  private static final class Node {
    LogEntry entry;
    @Nullable Node left;
    @Nullable Node right;
    int height = 1;
    int count = 1;

    Node(LogEntry entry) {
      this.entry = entry;
    }

    void measure() {
      height = 1 + Math.max(heightOf(left), heightOf(right));
      count = 1 + countOf(left) + countOf(right);
    }
  }

  private @Nullable Node root;

  private static int heightOf(@Nullable Node node) {
    return node == null ? 0 : node.height;
  }

  private static int countOf(@Nullable Node node) {
    return node == null ? 0 : node.count;
  }

  int size() {
    return countOf(root);
  }

  /** Adds an entry whose place is not in the index yet. */
  void add(LogEntry entry) {
    root = add(root, entry);
  }

  private static Node add(@Nullable Node node, LogEntry entry) {
    if (node == null) {
      return new Node(entry);
    }
    if (entry.place().compareTo(node.entry.place()) < 0) {
      node.left = add(node.left, entry);
    } else {
      node.right = add(node.right, entry);
    }
    return balanced(node);
  }

  private static Node balanced(Node node) {
    node.measure();
    int lean = heightOf(node.left) - heightOf(node.right);
    if (lean > 1 && node.left != null) {
      if (heightOf(node.left.left) < heightOf(node.left.right)) {
        node.left = raisedRight(node.left);
      }
      return raisedLeft(node);
    }
    if (lean < -1 && node.right != null) {
      if (heightOf(node.right.right) < heightOf(node.right.left)) {
        node.right = raisedLeft(node.right);
      }
      return raisedRight(node);
    }
    return node;
  }

  /** Rotates so that the left child takes the node's place. */
  private static Node raisedLeft(Node node) {
    Node up = node.left;
    if (up == null) {
      return node;
    }
    node.left = up.right;
    node.measure();
    up.right = node;
    up.measure();
    return up;
  }

  /** Rotates so that the right child takes the node's place. */
  private static Node raisedRight(Node node) {
    Node up = node.right;
    if (up == null) {
      return node;
    }
    node.right = up.left;
    node.measure();
    up.left = node;
    up.measure();
    return up;
  }

  /**
   * Returns the entry at a position, from 0.
   *
   * @throws IllegalArgumentException if there is none
   */
  LogEntry at(int position) {
    Node node = root;
    int left = position;
    while (node != null && left >= 0) {
      int before = countOf(node.left);
      if (left == before) {
        return node.entry;
      }
      if (left < before) {
        node = node.left;
      } else {
        left -= before + 1;
        node = node.right;
      }
    }
    throw new IllegalArgumentException("position " + position + " of " + size());
  }

  /** Returns how many entries stand before a place, which need not be in the index. */
  int before(Place place) {
    int passed = 0;
    Node node = root;
    while (node != null) {
      if (node.entry.place().compareTo(place) < 0) {
        passed += countOf(node.left) + 1;
        node = node.right;
      } else {
        node = node.left;
      }
    }
    return passed;
  }
}

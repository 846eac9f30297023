// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.TrieHash;

/**
 * The Merkle trie of one space: binary, path-compressed, over hashed keys.
 *
 * <p>A leaf lies at the path {@code H("state path", topic, key)}, so an app cannot choose the
 * shape. An inner node stands where two paths below it part; its hash binds the whole prefix they
 * share, and so one set of entries has exactly one root, whatever was inserted or removed before.
 *
 * <p>A leaf is there with its hash alone; key and value are the space's. A change makes the inner
 * nodes on its way to the root stale. Hashing these is later and apart: {@link #hash} visits only
 * them, children first, and may stop in between and go on.
 */
final class StateTrie {
  private TrieNodes nodes = new TrieNodes();
  private int root = TrieNodes.NONE;

  /** Sets the leaf of a path. */
  void put(Bytes path, Bytes hash) {
    if (root == TrieNodes.NONE) {
      root = nodes.leaf(path, hash);
      return;
    }
    int near = nearest(path);
    int parting = nodes.parting(near, path);
    if (parting < Limits.PATH_BITS) {
      insert(path, parting, nodes.leaf(path, hash));
    } else if (nodes.changeHash(near, hash)) {
      for (int node = root; node != near; node = next(node, path)) {
        nodes.changes(node);
      }
    }
  }

  /** The leaf at which the bits of a path arrive; no other shares more of them. */
  private int nearest(Bytes path) {
    int node = root;
    while (node >= 0) {
      node = next(node, path);
    }
    return node;
  }

  private int next(int node, Bytes path) {
    return nodes.child(node, TrieHash.bit(path, nodes.bit(node)));
  }

  private void insert(Bytes path, int parting, int leaf) {
    int above = TrieNodes.NONE;
    int node = root;
    while (node >= 0 && nodes.bit(node) < parting) {
      nodes.changes(node);
      above = node;
      node = next(node, path);
    }
    boolean leftwards = TrieHash.bit(path, parting) == 0;
    int left = leftwards ? leaf : node;
    int right = leftwards ? node : leaf;
    link(above, path, nodes.inner(parting, left, right, leaf));
  }

  /** Puts a node below another on the way of a path, or at the root. */
  private void link(int above, Bytes path, int node) {
    if (above == TrieNodes.NONE) {
      root = node;
    } else {
      nodes.setChild(above, TrieHash.bit(path, nodes.bit(above)), node);
    }
  }

  /** Removes the leaf of a path, if there is one. */
  void remove(Bytes path) {
    int leaf = root == TrieNodes.NONE ? TrieNodes.NONE : nearest(path);
    if (leaf != TrieNodes.NONE && nodes.parting(leaf, path) == Limits.PATH_BITS) {
      unlink(leaf, path);
    }
  }

  private void unlink(int leaf, Bytes path) {
    int above = TrieNodes.NONE;
    int parent = TrieNodes.NONE;
    for (int node = root; node != leaf; node = next(node, path)) {
      nodes.changes(node);
      above = parent;
      parent = node;
    }
    if (parent == TrieNodes.NONE) {
      root = TrieNodes.NONE;
      nodes = new TrieNodes();
      return;
    }
    int sibling = nodes.child(parent, 1 - TrieHash.bit(path, nodes.bit(parent)));
    link(above, path, sibling);
    for (int node = root; node != sibling; node = next(node, path)) {
      if (nodes.sample(node) == leaf) {
        nodes.setSample(node, nodes.sample(sibling));
      }
    }
    nodes.freeInner(parent);
    nodes.freeLeaf(leaf);
  }

  /**
   * Hashes what changed, as long as the purse lasts.
   *
   * @return whether all is hashed
   */
  boolean hash(Purse purse) {
    return hash(root, purse);
  }

  private boolean hash(int node, Purse purse) {
    if (node < 0 || !nodes.isStale(node)) {
      return true;
    }
    boolean affordable =
        hash(nodes.child(node, 0), purse)
            && hash(nodes.child(node, 1), purse)
            && purse.spend(Limits.NODE_COST_BYTES);
    if (affordable) {
      nodes.rehash(node);
    }
    return affordable;
  }

  /**
   * Returns the root, after {@link #hash} said that all is hashed.
   *
   * @throws IllegalStateException if it is not
   */
  Bytes root() {
    return root == TrieNodes.NONE ? TrieHash.EMPTY : nodes.hash(root);
  }

  /** Returns the path of the leaf at which a proof about a path ends, null if at none. */
  @Nullable Bytes leafOn(Bytes path) {
    int node = end(path, new ArrayList<>());
    return node >= 0 || node == TrieNodes.NONE ? null : nodes.path(node);
  }

  /** Goes the way of a path, as far as nodes lie on it, and returns the node where it ends. */
  private int end(Bytes path, List<TrieProof.Step> steps) {
    int node = root;
    while (node >= 0 && nodes.parting(node, path) >= nodes.bit(node)) {
      int side = TrieHash.bit(path, nodes.bit(node));
      steps.add(new TrieProof.Step(nodes.bit(node), nodes.hash(nodes.child(node, 1 - side))));
      node = nodes.child(node, side);
    }
    return node;
  }

  /**
   * Proves what is under a path, after {@link #hash} said that all is hashed.
   *
   * @param leaf the entry whose leaf is the {@link #leafOn leaf at the end}, null if there is none
   */
  TrieProof prove(Bytes path, @Nullable StateEntry leaf) {
    List<TrieProof.Step> steps = new ArrayList<>();
    int node = end(path, steps);
    return new TrieProof(steps, end(node, path, leaf));
  }

  private TrieProof.End end(int node, Bytes path, @Nullable StateEntry leaf) {
    if (node == TrieNodes.NONE) {
      return new TrieProof.Empty();
    }
    Bytes there = nodes.path(node);
    if (leaf == null) {
      int bit = nodes.bit(node);
      return new TrieProof.OtherNode(
          bit,
          TrieHash.prefix(there, bit),
          nodes.hash(nodes.child(node, 0)),
          nodes.hash(nodes.child(node, 1)));
    }
    return there.equals(path)
        ? new TrieProof.Found(leaf.value())
        : new TrieProof.OtherLeaf(leaf.key(), leaf.value());
  }
}

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
 * <p>A change clears the hashes on its way to the root. Hashing is later and apart: {@link #hash}
 * visits only what was cleared, children first, and may stop in between and go on.
 */
final class StateTrie {
  /** A node; {@code hash} is null while something below it changed. */
  private abstract static sealed class Node {
    /** The whole path of a leaf; of an inner node the path of some leaf that was ever below it. */
    final Bytes path;

    @Nullable Bytes hash;

    Node(Bytes path) {
      this.path = path;
    }
  }

  private static final class Leaf extends Node {
    final Bytes key;
    final Bytes value;

    Leaf(Bytes path, Bytes key, Bytes value) {
      super(path);
      this.key = key;
      this.value = value;
    }
  }

  private static final class Inner extends Node {
    /** How many bits all leaves below share: the bit in which left (0) and right (1) differ. */
    final int bit;

    Node left;
    Node right;

    Inner(int bit, Node left, Node right) {
      super(left.path);
      this.bit = bit;
      this.left = left;
      this.right = right;
    }
  }

  private @Nullable Node root;

  /** Sets the leaf of a path. */
  void put(Bytes path, Bytes key, Bytes value) {
    Leaf leaf = new Leaf(path, key, value);
    root = root == null ? leaf : put(root, leaf);
  }

  private static Node put(Node node, Leaf leaf) {
    int parting = TrieHash.parting(node.path, leaf.path);
    return switch (node) {
      case Leaf old when parting == Limits.PATH_BITS -> old.value.equals(leaf.value) ? old : leaf;
      case Leaf old -> join(parting, old, leaf);
      case Inner inner when parting < inner.bit -> join(parting, inner, leaf);
      case Inner inner -> {
        if (TrieHash.bit(leaf.path, inner.bit) == 0) {
          inner.left = put(inner.left, leaf);
        } else {
          inner.right = put(inner.right, leaf);
        }
        yield cleared(inner);
      }
    };
  }

  private static Node join(int parting, Node old, Leaf leaf) {
    return TrieHash.bit(leaf.path, parting) == 0
        ? new Inner(parting, leaf, old)
        : new Inner(parting, old, leaf);
  }

  /**
   * Keeps an inner node's hash only while both children have theirs, which is when none changed.
   */
  private static Inner cleared(Inner inner) {
    if (inner.left.hash == null || inner.right.hash == null) {
      inner.hash = null;
    }
    return inner;
  }

  /** Removes the leaf of a path, if there is one. */
  void remove(Bytes path) {
    root = root == null ? null : remove(root, path);
  }

  private static @Nullable Node remove(Node node, Bytes path) {
    return switch (node) {
      case Leaf leaf -> leaf.path.equals(path) ? null : leaf;
      case Inner inner when TrieHash.parting(inner.path, path) < inner.bit -> inner;
      case Inner inner -> remove(inner, path);
    };
  }

  private static Node remove(Inner inner, Bytes path) {
    boolean leftwards = TrieHash.bit(path, inner.bit) == 0;
    Node child = leftwards ? inner.left : inner.right;
    Node rest = remove(child, path);
    if (rest == null) {
      return leftwards ? inner.right : inner.left;
    }
    boolean changed = rest != child || rest.hash == null;
    if (leftwards) {
      inner.left = rest;
    } else {
      inner.right = rest;
    }
    if (changed) {
      inner.hash = null;
    }
    return inner;
  }

  /**
   * Hashes what changed, as long as the purse lasts.
   *
   * @return whether all is hashed
   */
  boolean hash(Purse purse) {
    return root == null || hash(root, purse);
  }

  private static boolean hash(Node node, Purse purse) {
    if (node.hash != null) {
      return true;
    }
    return switch (node) {
      case Leaf leaf -> {
        boolean affordable = purse.spend(Limits.NODE_COST_BYTES + leaf.value.size());
        leaf.hash = affordable ? TrieHash.leaf(leaf.path, leaf.key, leaf.value) : null;
        yield affordable;
      }
      case Inner inner -> {
        if (!hash(inner.left, purse) || !hash(inner.right, purse)) {
          yield false;
        }
        Bytes left = inner.left.hash;
        Bytes right = inner.right.hash;
        boolean affordable = purse.spend(Limits.NODE_COST_BYTES);
        if (affordable && left != null && right != null) {
          inner.hash = TrieHash.node(inner.bit, inner.path, left, right);
        }
        yield affordable;
      }
    };
  }

  /** Returns the root, after {@link #hash} said that all is hashed. */
  Bytes root() {
    if (root == null) {
      return TrieHash.EMPTY;
    }
    if (root.hash == null) {
      throw new IllegalStateException("the trie is not hashed to its root");
    }
    return root.hash;
  }

  /** Proves what is under a path, after {@link #hash} said that all is hashed. */
  TrieProof prove(Bytes path) {
    List<TrieProof.Step> steps = new ArrayList<>();
    Node node = root;
    while (node instanceof Inner inner && TrieHash.parting(inner.path, path) >= inner.bit) {
      boolean leftwards = TrieHash.bit(path, inner.bit) == 0;
      steps.add(new TrieProof.Step(inner.bit, hashOf(leftwards ? inner.right : inner.left)));
      node = leftwards ? inner.left : inner.right;
    }
    return new TrieProof(steps, end(node, path));
  }

  private static TrieProof.End end(@Nullable Node node, Bytes path) {
    return switch (node) {
      case null -> new TrieProof.Empty();
      case Leaf leaf when leaf.path.equals(path) -> new TrieProof.Found(leaf.value);
      case Leaf leaf -> new TrieProof.OtherLeaf(leaf.key, leaf.value);
      case Inner inner ->
          new TrieProof.OtherNode(
              inner.bit,
              TrieHash.prefix(inner.path, inner.bit),
              hashOf(inner.left),
              hashOf(inner.right));
    };
  }

  private static Bytes hashOf(Node node) {
    Bytes hash = node.hash;
    if (hash == null) {
      throw new IllegalStateException("the trie is not hashed");
    }
    return hash;
  }
}

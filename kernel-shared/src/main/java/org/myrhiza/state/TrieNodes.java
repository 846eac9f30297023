// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.TrieHash;

/**
 * The nodes of a {@link StateTrie} without an object for any: 64 bytes for a leaf, 48 for an inner
 * node. A node is named by a whole number, 0 and above for an inner node, below 0 for a leaf;
 * numbers of nodes that went are given again.
 */
final class TrieNodes {
  /** No node at all. */
  static final int NONE = Integer.MIN_VALUE;

  private static final int HASH = TrieProof.HASH_BYTES;
  private static final int BYTE = 0xff;
  private static final int BYTE_BITS = 8;

  // A leaf: its path, its hash. Free: the next free one in the path's first bytes.
  private static final int LEAF_BYTES = 2 * HASH;

  // An inner node: both children, a leaf below it, its bit or, while stale, the complement of it.
  // Free: the next free one in the place of the left child.
  private static final int LEFT = 0;
  private static final int SAMPLE = 2;
  private static final int BIT = 3;
  private static final int INNER_INTS = 4;

  private final ByteSlab leaves = new ByteSlab(LEAF_BYTES);
  private final ByteSlab hashes = new ByteSlab(HASH);
  private final IntSlab inner = new IntSlab(INNER_INTS);
  private final byte[] parts = new byte[TrieHash.NODE_BYTES];
  private int leafCount;
  private int innerCount;
  private int freeLeaf = NONE;
  private int freeInner = NONE;

  // ---- leaves

  /** Makes a leaf. */
  int leaf(Bytes path, Bytes hash) {
    int number = ~freeLeaf;
    if (freeLeaf == NONE) {
      number = leafCount++;
      leaves.reserve(number);
    } else {
      freeLeaf = readInt(leaves.array(number), leaves.at(number));
    }
    path.copyTo(0, HASH, leaves.array(number), leaves.at(number));
    hash.copyTo(0, HASH, leaves.array(number), leaves.at(number) + HASH);
    return ~number;
  }

  /** Gives a leaf another hash; returns whether it is another one. */
  boolean changeHash(int leaf, Bytes hash) {
    byte[] array = leaves.array(~leaf);
    int at = leaves.at(~leaf) + HASH;
    boolean changes = hash.compareTo(array, at, at + HASH) != 0;
    hash.copyTo(0, HASH, array, at);
    return changes;
  }

  /** Gives a leaf's number back. */
  void freeLeaf(int leaf) {
    writeInt(leaves.array(~leaf), leaves.at(~leaf), freeLeaf);
    freeLeaf = leaf;
  }

  private static void writeInt(byte[] array, int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      array[at + i] = (byte) (value >> (i * BYTE_BITS));
    }
  }

  private static int readInt(byte[] array, int at) {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value |= (array[at + i] & BYTE) << (i * BYTE_BITS);
    }
    return value;
  }

  // ---- inner nodes

  /** Makes a stale inner node above two others, with one leaf that is below it. */
  int inner(int bit, int left, int right, int sample) {
    int number = freeInner;
    if (freeInner == NONE) {
      number = innerCount++;
      inner.reserve(number);
      hashes.reserve(number);
    } else {
      freeInner = inner.get(number, LEFT);
    }
    inner.set(number, LEFT, left);
    inner.set(number, LEFT + 1, right);
    inner.set(number, SAMPLE, sample);
    inner.set(number, BIT, ~bit);
    return number;
  }

  /** Gives an inner node's number back. */
  void freeInner(int node) {
    inner.set(node, LEFT, freeInner);
    freeInner = node;
  }

  /** Returns how many bits all leaves below share: the bit in which left (0) and right differ. */
  int bit(int node) {
    int bit = inner.get(node, BIT);
    return bit < 0 ? ~bit : bit;
  }

  /** Whether something below an inner node changed since it was hashed. */
  boolean isStale(int node) {
    return inner.get(node, BIT) < 0;
  }

  /** Something below an inner node changes. */
  void changes(int node) {
    inner.set(node, BIT, ~bit(node));
  }

  /** Returns the left (0) or right (1) child. */
  int child(int node, int side) {
    return inner.get(node, LEFT + side);
  }

  /** Puts another child there. */
  void setChild(int node, int side, int child) {
    inner.set(node, LEFT + side, child);
  }

  /** Returns a leaf that is below an inner node; a leaf is its own. */
  int sample(int node) {
    return node < 0 ? node : inner.get(node, SAMPLE);
  }

  /** Names another leaf that is below. */
  void setSample(int node, int leaf) {
    inner.set(node, SAMPLE, leaf);
  }

  // ---- both

  /** Returns the first bit in which a node's path differs from another, 256 if none does. */
  int parting(int node, Bytes path) {
    int leaf = ~sample(node);
    byte[] array = leaves.array(leaf);
    int from = leaves.at(leaf);
    for (int i = 0; i < HASH; i++) {
      int difference = (array[from + i] & BYTE) ^ path.at(i);
      if (difference != 0) {
        return i * BYTE_BITS
            + Integer.numberOfLeadingZeros(difference)
            - (Integer.SIZE - BYTE_BITS);
      }
    }
    return Limits.PATH_BITS;
  }

  /** Returns the path of a leaf, or of some leaf below an inner node. */
  Bytes path(int node) {
    int leaf = ~sample(node);
    return Bytes.copyOf(leaves.array(leaf), leaves.at(leaf), leaves.at(leaf) + HASH);
  }

  /**
   * Returns a node's hash.
   *
   * @throws IllegalStateException if it is stale
   */
  Bytes hash(int node) {
    byte[] hash = new byte[HASH];
    copyHash(node, hash, 0);
    return Bytes.adopt(hash);
  }

  /** Hashes an inner node, both children of which are hashed. */
  void rehash(int node) {
    int leaf = ~sample(node);
    System.arraycopy(leaves.array(leaf), leaves.at(leaf), parts, TrieHash.NODE_PATH, HASH);
    copyHash(child(node, 0), parts, TrieHash.NODE_LEFT);
    copyHash(child(node, 1), parts, TrieHash.NODE_RIGHT);
    int bit = bit(node);
    TrieHash.node(bit, parts).copyTo(0, HASH, hashes.array(node), hashes.at(node));
    inner.set(node, BIT, bit);
  }

  private void copyHash(int node, byte[] target, int at) {
    if (node < 0) {
      System.arraycopy(leaves.array(~node), leaves.at(~node) + HASH, target, at, HASH);
    } else if (isStale(node)) {
      throw new IllegalStateException("the trie is not hashed");
    } else {
      System.arraycopy(hashes.array(node), hashes.at(node), target, at, HASH);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.hash;

import org.myrhiza.bytes.Bytes;

/**
 * How a binary, path-compressed Merkle trie is hashed: alike for the state (STATE-5) and for the
 * log (SYNC-1). All paths of one trie have the same size; bits count from the most significant of
 * the first byte.
 */
public final class TrieHash {
  /** The root of a trie without leaves. */
  public static final Bytes EMPTY = HashContext.of("empty").hash(Bytes.EMPTY);

  private static final HashContext LEAF = HashContext.of("leaf");
  private static final HashContext NODE = HashContext.of("node");
  private static final int BYTE_BITS = 8;
  private static final int BYTE = 0xff;
  private static final int HASH = Limits.HASH_BYTES;

  /** Bytes of what {@link #node(int, byte[])} takes: a path and the hashes of both children. */
  public static final int NODE_PARTS_BYTES = 3 * HASH;

  private static final int BITS_BYTES = 2;
  private static final int NODE_PADDED = Blake3.padded(BITS_BYTES + NODE_PARTS_BYTES);

  private TrieHash() {}

  /**
   * Returns a leaf's hash.
   *
   * @param path its whole path
   * @param key what the path was made of, where that is not the path itself
   * @param value what stands there
   */
  public static Bytes leaf(Bytes path, Bytes key, Bytes value) {
    return LEAF.hash(w -> w.fixed(path).bytes(key, key.size()).bytes(value, value.size()));
  }

  /**
   * Returns an inner node's hash.
   *
   * @param bits how many bits the paths below share
   * @param path any path that begins with them
   */
  public static Bytes node(int bits, Bytes path, Bytes left, Bytes right) {
    return NODE.hash(w -> w.u16(bits).fixed(prefix(path, bits)).fixed(left).fixed(right));
  }

  /**
   * Returns an inner node's hash in a trie whose paths have the size of a hash: the same as {@link
   * #node(int, Bytes, Bytes, Bytes)}, for nodes that lie packed in arrays.
   *
   * @param bits how many bits the paths below share, 0 to 255
   * @param parts {@link #NODE_PARTS_BYTES}: a path that begins with them, left hash, right hash
   */
  public static Bytes node(int bits, byte[] parts) {
    byte[] padded = new byte[NODE_PADDED];
    padded[1] = (byte) bits;
    int at = BITS_BYTES + prefixBytes(bits);
    System.arraycopy(parts, 0, padded, BITS_BYTES, at - BITS_BYTES);
    if (bits % BYTE_BITS != 0) {
      padded[at - 1] &= (byte) (BYTE << (BYTE_BITS - bits % BYTE_BITS));
    }
    System.arraycopy(parts, HASH, padded, at, 2 * HASH);
    return NODE.hash(padded, at + 2 * HASH);
  }

  /** Returns the first bit in which two paths differ, the number of their bits when none does. */
  public static int parting(Bytes a, Bytes b) {
    for (int i = 0; i < a.size(); i++) {
      int difference = a.at(i) ^ b.at(i);
      if (difference != 0) {
        return i * BYTE_BITS
            + Integer.numberOfLeadingZeros(difference)
            - (Integer.SIZE - BYTE_BITS);
      }
    }
    return a.size() * BYTE_BITS;
  }

  /** Returns one bit of a path. */
  public static int bit(Bytes path, int index) {
    return path.at(index / BYTE_BITS) >> (BYTE_BITS - 1 - index % BYTE_BITS) & 1;
  }

  /** Returns how many bytes hold so many bits. */
  public static int prefixBytes(int bits) {
    return (bits + BYTE_BITS - 1) / BYTE_BITS;
  }

  /** Returns the first bits of a path in whole bytes, the bits after them zero. */
  public static Bytes prefix(Bytes path, int bits) {
    byte[] prefix = new byte[prefixBytes(bits)];
    path.copyTo(0, prefix.length, prefix, 0);
    if (bits % BYTE_BITS != 0) {
      prefix[prefix.length - 1] &= (byte) (BYTE << (BYTE_BITS - bits % BYTE_BITS));
    }
    return Bytes.adopt(prefix);
  }
}

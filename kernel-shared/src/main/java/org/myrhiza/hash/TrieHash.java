// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.hash;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Words;

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

  private static final int BITS_BYTES = 2;

  /** Where the path begins in what {@link #node(int, byte[])} takes. */
  public static final int NODE_PATH = BITS_BYTES;

  /** Where the left child's hash begins there, behind 32 bytes of the path. */
  public static final int NODE_LEFT = NODE_PATH + HASH;

  /** Where the right child's hash begins there. */
  public static final int NODE_RIGHT = NODE_LEFT + HASH;

  /** Bytes of all that. */
  public static final int NODE_BYTES = NODE_RIGHT + HASH;

  private TrieHash() {}

  /**
   * Returns a leaf's hash.
   *
   * @param path its whole path
   * @param key what the path was made of, where that is not the path itself
   * @param value what stands there
   */
  public static Bytes leaf(Bytes path, Bytes key, Bytes value) {
    int expected = path.size() + sized(key) + sized(value);
    return LEAF.hash(
        expected, w -> w.fixed(path).bytes(key, key.size()).bytes(value, value.size()));
  }

  private static int sized(Bytes part) {
    return CanonicalWriter.lebBytes(part.size()) + part.size();
  }

  /**
   * Returns an inner node's hash.
   *
   * @param bits how many bits the paths below share
   * @param path any path that begins with them
   */
  public static Bytes node(int bits, Bytes path, Bytes left, Bytes right) {
    int expected = BITS_BYTES + prefixBytes(bits) + 2 * HASH;
    return NODE.hash(expected, w -> w.u16(bits).fixed(prefix(path, bits)).fixed(left).fixed(right));
  }

  /**
   * Returns an inner node's hash in a trie whose paths have the size of a hash: the same as {@link
   * #node(int, Bytes, Bytes, Bytes)}, for nodes that lie packed in arrays.
   *
   * @param bits how many bits the paths below share, 0 to 255
   * @param parts {@link #NODE_BYTES}: room for the bits, a path that begins with them, left hash,
   *     right hash; they are written over
   */
  public static Bytes node(int bits, byte[] parts) {
    parts[0] = 0;
    parts[1] = (byte) bits;
    int at = NODE_PATH + prefixBytes(bits);
    if (bits % BYTE_BITS != 0) {
      parts[at - 1] &= (byte) (BYTE << (BYTE_BITS - bits % BYTE_BITS));
    }
    System.arraycopy(parts, NODE_LEFT, parts, at, 2 * HASH);
    return NODE.hash(Words.of(parts, at + 2 * HASH));
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

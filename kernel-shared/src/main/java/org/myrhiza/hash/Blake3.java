// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.hash;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.bytes.Words;

/**
 * BLAKE3 with all its modes: hash, keyed hash, key derivation, output of any length.
 *
 * <p>Input is cut into chunks of 1,024 bytes, the leaves of a binary tree whose left subtrees are
 * complete. The hasher keeps one chaining value for each complete subtree that waits for its right
 * sibling; their number is the number of ones in the count of finished chunks, so that merging
 * follows from that count alone. The last block of a chunk and the last chunk stay open until it is
 * known whether they are the root.
 *
 * <p>Not for several threads. Finishing does not change the state: more input may follow.
 *
 * @see <a href="https://github.com/BLAKE3-team/BLAKE3-specs">the specification of BLAKE3</a>
 */
public final class Blake3 {
  private static final int BLOCK = Compression.BLOCK_BYTES;
  private static final int CV = Compression.CV_WORDS;

  /** Bytes of a chunk: what is no longer is a tree of one node. */
  static final int CHUNK = 1024;

  private static final int COPY = 4096;

  private static final int CHUNK_START = 1;
  private static final int CHUNK_END = 1 << 1;
  private static final int PARENT = 1 << 2;
  private static final int ROOT = 1 << 3;
  private static final int KEYED_HASH = 1 << 4;
  private static final int DERIVE_KEY_CONTEXT = 1 << 5;
  private static final int DERIVE_KEY_MATERIAL = 1 << 6;

  private final int[] key;
  private final int mode;
  private final Compression compression = new Compression();

  private final int[] cv = new int[CV];
  private final byte[] block = new byte[BLOCK];
  private int blockLength;
  private int chunkLength;
  private int chunksLow;
  private int chunksHigh;

  private int[] stack = new int[0];
  private int stackDepth;

  private Blake3(int[] key, int mode) {
    this.key = key;
    this.mode = mode;
    System.arraycopy(key, 0, cv, 0, CV);
  }

  /** Returns a hasher of the plain mode. */
  public static Blake3 hasher() {
    return new Blake3(Compression.initial(), 0);
  }

  /**
   * Returns a hasher of the keyed mode.
   *
   * @throws IllegalArgumentException if the key has not 32 bytes
   */
  public static Blake3 keyed(Bytes key) {
    return new Blake3(keyWords(key), KEYED_HASH);
  }

  /** Returns a hasher of the key derivation mode; its input is the key material. */
  public static Blake3 deriving(String context) {
    return materialHasher(contextKey(context));
  }

  /** Returns the 32-byte plain hash. */
  public static Bytes hash(Bytes input) {
    return hasher().update(input).finish();
  }

  /** Returns the key of a context: what the derivation mode computes first. */
  static int[] contextKey(String context) {
    Blake3 hasher = new Blake3(Compression.initial(), DERIVE_KEY_CONTEXT);
    return keyWords(hasher.update(Utf8.encode(context)).finish());
  }

  /** Returns a hasher of key material under a context's key. */
  static Blake3 materialHasher(int[] contextKey) {
    return new Blake3(contextKey, DERIVE_KEY_MATERIAL);
  }

  /**
   * Returns the 32-byte hash of key material of at most a chunk under a context's key: what {@link
   * #materialHasher} comes to, with a quarter of its arrays, each of which is dear in a page.
   */
  static Bytes ofMaterial(int[] contextKey, Words material) {
    int[] value = new int[2 * CV];
    System.arraycopy(contextKey, 0, value, 0, CV);
    Compression inPlace = new Compression(value);
    int flags = DERIVE_KEY_MATERIAL | CHUNK_START;
    int last = Math.max(0, (material.size() - 1) / BLOCK * BLOCK);
    for (int at = 0; at < last; at += BLOCK) {
      inPlace.load(material, at);
      inPlace.compress(value, 0, 0, BLOCK, flags);
      flags = DERIVE_KEY_MATERIAL;
    }
    inPlace.load(material, last);
    inPlace.compress(value, 0, 0, material.size() - last, flags | CHUNK_END | ROOT);
    byte[] hash = new byte[Limits.HASH_BYTES];
    for (int i = 0; i < CV; i++) {
      int word = value[i];
      hash[4 * i] = (byte) word;
      hash[4 * i + 1] = (byte) (word >> 8);
      hash[4 * i + 2] = (byte) (word >> 16);
      hash[4 * i + 3] = (byte) (word >> 24);
    }
    return Bytes.adopt(hash);
  }

  private static int[] keyWords(Bytes key) {
    if (key.size() != Limits.KEY_BYTES) {
      throw new IllegalArgumentException(
          "key of " + key.size() + " bytes, allowed " + Limits.KEY_BYTES);
    }
    int[] words = new int[CV];
    for (int i = 0; i < key.size(); i++) {
      words[i / 4] |= key.at(i) << (i % 4 * 8);
    }
    return words;
  }

  /** Appends input; returns this. */
  public Blake3 update(Bytes input) {
    byte[] copy = new byte[Math.min(input.size(), COPY)];
    for (int at = 0; at < input.size(); at += COPY) {
      int end = Math.min(input.size(), at + COPY);
      input.copyTo(at, end, copy, 0);
      update(copy, 0, end - at);
    }
    return this;
  }

  /**
   * Appends {@code input[from..to)}; returns this.
   *
   * @throws IllegalArgumentException if the range is not inside the array
   */
  public Blake3 update(byte[] input, int from, int to) {
    if (from < 0 || to < from || to > input.length) {
      throw new IllegalArgumentException(
          "range " + from + " to " + to + " of " + input.length + " bytes");
    }
    int at = from;
    while (at < to) {
      if (blockLength == BLOCK) {
        closeBlock();
      }
      if (blockLength == 0) {
        at = wholeBlocks(input, at, to);
      }
      int take = Math.min(BLOCK - blockLength, to - at);
      System.arraycopy(input, at, block, blockLength, take);
      blockLength += take;
      at += take;
    }
    return this;
  }

  /**
   * Compresses blocks straight from the input while one more byte is known to follow in a chunk.
   */
  private int wholeBlocks(byte[] input, int from, int to) {
    int at = from;
    while (to - at > BLOCK && chunkLength < CHUNK - BLOCK) {
      compression.load(input, at);
      compression.compress(cv, chunksLow, chunksHigh, BLOCK, mode | startFlag());
      compression.chain(cv, 0);
      chunkLength += BLOCK;
      at += BLOCK;
    }
    return at;
  }

  /** Compresses the full block of the buffer, of which it is now known that input follows it. */
  private void closeBlock() {
    int start = startFlag();
    chunkLength += BLOCK;
    blockLength = 0;
    int end = chunkLength == CHUNK ? CHUNK_END : 0;
    compression.load(block, 0);
    compression.compress(cv, chunksLow, chunksHigh, BLOCK, mode | start | end);
    compression.chain(cv, 0);
    if (end != 0) {
      closeChunk();
    }
  }

  private int startFlag() {
    return chunkLength == 0 ? CHUNK_START : 0;
  }

  /** Puts the chunk's chaining value into the tree, merging every subtree that it completes. */
  private void closeChunk() {
    chunksLow++;
    if (chunksLow == 0) {
      chunksHigh++;
    }
    int merges =
        chunksLow != 0
            ? Integer.numberOfTrailingZeros(chunksLow)
            : Integer.SIZE + Integer.numberOfTrailingZeros(chunksHigh);
    for (int i = 0; i < merges; i++) {
      stackDepth--;
      compression.loadParent(stack, stackDepth * CV, cv);
      compression.compress(key, 0, 0, BLOCK, mode | PARENT);
      compression.chain(cv, 0);
    }
    push();
    System.arraycopy(key, 0, cv, 0, CV);
    chunkLength = 0;
  }

  private void push() {
    int at = stackDepth * CV;
    if (at == stack.length) {
      int[] larger = new int[stack.length * 2 + 4 * CV];
      System.arraycopy(stack, 0, larger, 0, stack.length);
      stack = larger;
    }
    System.arraycopy(cv, 0, stack, at, CV);
    stackDepth++;
  }

  /** Returns the 32-byte hash of all input so far. */
  public Bytes finish() {
    return finish(Limits.HASH_BYTES);
  }

  /**
   * Returns the first {@code length} bytes of the extended output.
   *
   * @throws IllegalArgumentException if the length is negative
   */
  public Bytes finish(int length) {
    if (length < 0) {
      throw new IllegalArgumentException("output of " + length + " bytes");
    }
    byte[] padded = new byte[BLOCK];
    System.arraycopy(block, 0, padded, 0, blockLength);
    compression.load(padded, 0);
    OpenNode node =
        new OpenNode(cv, chunksLow, chunksHigh, blockLength, mode | startFlag() | CHUNK_END);
    for (int i = stackDepth - 1; i >= 0; i--) {
      int[] right = new int[CV];
      node.compress(compression);
      compression.chain(right, 0);
      compression.loadParent(stack, i * CV, right);
      node = new OpenNode(key, 0, 0, BLOCK, mode | PARENT);
    }
    return node.output(compression, length);
  }

  /** A node whose block is loaded and of which it is not yet known whether it is the root. */
  private static final class OpenNode {
    private final int[] cv;
    private final int counterLow;
    private final int counterHigh;
    private final int blockLength;
    private final int flags;

    OpenNode(int[] cv, int counterLow, int counterHigh, int blockLength, int flags) {
      this.cv = cv;
      this.counterLow = counterLow;
      this.counterHigh = counterHigh;
      this.blockLength = blockLength;
      this.flags = flags;
    }

    void compress(Compression compression) {
      compression.compress(cv, counterLow, counterHigh, blockLength, flags);
    }

    /** Compresses the same block again and again, the counter counting blocks of output. */
    Bytes output(Compression compression, int length) {
      byte[] out = new byte[length];
      int at = 0;
      for (int counter = 0; at < length; counter++) {
        compression.compress(cv, counter, 0, blockLength, flags | ROOT);
        for (int i = 0; i < BLOCK && at < length; i++) {
          out[at++] = (byte) (compression.word(i / 4) >> (i % 4 * 8));
        }
      }
      return Bytes.adopt(out);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Arrays;

/** Like {@link ByteSlab}, of whole numbers. */
final class IntSlab {
  static final int CHUNK_BITS = 10;

  /** Records in one array. */
  static final int CHUNK = 1 << CHUNK_BITS;

  /** Records for which room is made at first: most spaces are small. */
  private static final int FIRST = 8;

  private final int width;
  private int[][] chunks = new int[0][];

  IntSlab(int width) {
    this.width = width;
  }

  /** Returns how many arrays there should be when one more is needed. */
  static int chunksFor(int chunk) {
    return chunk + chunk / 2 + 1;
  }

  /** Returns how many records the array of a number should hold, which has room for some. */
  static int recordsFor(int number, int records) {
    int wanted = (number & CHUNK - 1) + 1;
    if (wanted <= records) {
      return records;
    }
    return number >= CHUNK ? CHUNK : Math.min(CHUNK, Math.max(FIRST, 2 * records));
  }

  /** Makes room for a number; those below it have theirs. */
  void reserve(int number) {
    int chunk = number >> CHUNK_BITS;
    if (chunk >= chunks.length) {
      chunks = Arrays.copyOf(chunks, chunksFor(chunk));
    }
    int[] had = chunks[chunk];
    int records = had == null ? 0 : had.length / width;
    int wanted = recordsFor(number, records);
    if (wanted > records) {
      chunks[chunk] = had == null ? new int[wanted * width] : Arrays.copyOf(had, wanted * width);
    }
  }

  int get(int number, int field) {
    return chunks[number >> CHUNK_BITS][(number & CHUNK - 1) * width + field];
  }

  void set(int number, int field, int value) {
    chunks[number >> CHUNK_BITS][(number & CHUNK - 1) * width + field] = value;
  }
}

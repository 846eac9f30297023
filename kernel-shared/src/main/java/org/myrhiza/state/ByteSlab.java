// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Arrays;

/**
 * Records of one width by number, in arrays of {@link IntSlab#CHUNK} records: when they become
 * more, only the first array is ever copied.
 */
final class ByteSlab {
  private final int width;
  private byte[][] chunks = new byte[0][];

  ByteSlab(int width) {
    this.width = width;
  }

  /** Makes room for a number; those below it have theirs. */
  void reserve(int number) {
    int chunk = number >> IntSlab.CHUNK_BITS;
    if (chunk >= chunks.length) {
      chunks = Arrays.copyOf(chunks, IntSlab.chunksFor(chunk));
    }
    byte[] had = chunks[chunk];
    int records = had == null ? 0 : had.length / width;
    int wanted = IntSlab.recordsFor(number, records);
    if (wanted > records) {
      chunks[chunk] = had == null ? new byte[wanted * width] : Arrays.copyOf(had, wanted * width);
    }
  }

  /** Returns the array that has a record. */
  byte[] array(int number) {
    return chunks[number >> IntSlab.CHUNK_BITS];
  }

  /** Returns where in its array a record begins. */
  int at(int number) {
    return (number & IntSlab.CHUNK - 1) * width;
  }
}

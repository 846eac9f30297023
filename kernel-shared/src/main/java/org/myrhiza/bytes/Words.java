// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/**
 * Bytes that are read as little-endian words of 32 bits: what a hash takes, without an array of its
 * own for them. Such an array is dear in a page where it has more than 64 bytes.
 */
public interface Words {
  /** Returns the number of bytes. */
  int size();

  /**
   * Fills {@code target} with the words from byte {@code from} on, zeros for what is beyond the
   * end.
   *
   * @throws IllegalArgumentException if {@code from} is below 0 or beyond the end
   */
  void words(int from, int[] target);

  /** Returns the bytes, which no longer change. */
  Bytes toBytes();

  /**
   * Returns the first bytes of an array as they are when somebody reads them.
   *
   * @throws IllegalArgumentException if the array is shorter
   */
  static Words of(byte[] array, int size) {
    return new ArrayWords(array, 0, size);
  }
}

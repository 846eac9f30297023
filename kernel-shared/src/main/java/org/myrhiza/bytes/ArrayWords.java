// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/** A part of an array, read as words without a copy. */
final class ArrayWords implements Words {
  private static final int BYTE = 0xff;
  private static final int BYTE_BITS = 8;

  private final byte[] array;
  private final int begin;
  private final int end;

  ArrayWords(byte[] array, int begin, int end) {
    if (begin < 0 || end < begin || end > array.length) {
      throw new IllegalArgumentException(
          "range " + begin + " to " + end + " of " + array.length + " bytes");
    }
    this.array = array;
    this.begin = begin;
    this.end = end;
  }

  @Override
  public int size() {
    return end - begin;
  }

  @Override
  public void words(int from, int[] target) {
    fill(array, begin + from, end, target);
  }

  @Override
  public Bytes toBytes() {
    return Bytes.copyOf(array, begin, end);
  }

  /** Fills the target with the words of {@code array[from..end)} and zeros. */
  static void fill(byte[] array, int from, int end, int[] target) {
    if (from < 0 || from > end) {
      throw new IllegalArgumentException("words from " + from + " of " + end + " bytes");
    }
    int at = from;
    int whole = Math.min(target.length, (end - from) / Integer.BYTES);
    for (int i = 0; i < whole; i++) {
      target[i] =
          (array[at] & BYTE)
              | ((array[at + 1] & BYTE) << 8)
              | ((array[at + 2] & BYTE) << 16)
              | (array[at + 3] << 24);
      at += Integer.BYTES;
    }
    for (int i = whole; i < target.length; i++) {
      int word = 0;
      for (int shift = 0; shift < Integer.SIZE && at < end; shift += BYTE_BITS) {
        word |= (array[at] & BYTE) << shift;
        at++;
      }
      target[i] = word;
    }
  }
}

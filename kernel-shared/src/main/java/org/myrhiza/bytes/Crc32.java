// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/** CRC-32 as in ISO 3309: tells bytes that are not as they were written, not who changed them. */
public final class Crc32 {
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int BYTE = 0xff;
  private static final int BYTE_BITS = 8;
  private static final int[] TABLE = table();

  private Crc32() {}

  private static int[] table() {
    int[] table = new int[BYTE + 1];
    for (int i = 0; i <= BYTE; i++) {
      int value = i;
      for (int bit = 0; bit < BYTE_BITS; bit++) {
        value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
      }
      table[i] = value;
    }
    return table;
  }

  /**
   * Returns the sum of some bytes, 32 bits.
   *
   * @param before that of what comes before them, 0 for nothing
   */
  public static int of(Bytes bytes, int before) {
    byte[] array = bytes.array();
    return of(array, array.length, before);
  }

  /** Returns the sum of the first bytes of an array. */
  public static int of(byte[] bytes, int length, int before) {
    int sum = ~before;
    for (int i = 0; i < length; i++) {
      sum = (sum >>> BYTE_BITS) ^ TABLE[(sum ^ bytes[i]) & BYTE];
    }
    return ~sum;
  }
}

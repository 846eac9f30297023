// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8 (RFC 3629): shortest form only, no surrogates, nothing above U+10FFFF.
 *
 * <p>Platform decoders differ in what they forgive, so bytes from outside are checked here first.
 */
public final class Utf8 {
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;

  private Utf8() {}

  /**
   * Finds the first byte that is not part of well-formed UTF-8.
   *
   * @param bytes where to look
   * @param from first index
   * @param to index after the last
   * @return the index at which the first ill-formed sequence starts, or -1 when all is well-formed
   */
  public static int firstInvalid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int length = sequenceLength(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /**
   * Decodes bytes for which {@link #firstInvalid} answered -1.
   *
   * @param bytes where they are
   * @param from first index
   * @param to index after the last
   */
  public static String decode(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /**
   * Encodes text that holds no lone surrogate.
   *
   * @param text the text
   */
  public static byte[] encode(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The length of the well-formed sequence at an index, or 0 when there is none. */
  private static int sequenceLength(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int left = to - at - 1;
    if (first >= 0xC2 && first <= 0xDF) {
      return left >= 1 && continues(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int low = first == 0xE0 ? 0xA0 : 0x80;
      int high = first == 0xED ? 0x9F : 0xBF;
      return left >= 2 && continues(bytes, at + 1, low, high) && continues(bytes, at + 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int low = first == 0xF0 ? 0x90 : 0x80;
      int high = first == 0xF4 ? 0x8F : 0xBF;
      boolean good =
          left >= 3
              && continues(bytes, at + 1, low, high)
              && continues(bytes, at + 2)
              && continues(bytes, at + 3);
      return good ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] bytes, int at, int low, int high) {
    int value = bytes[at] & 0xFF;
    return value >= low && value <= high;
  }

  private static boolean continues(byte[] bytes, int at) {
    return (bytes[at] & CONTINUATION_MASK) == CONTINUATION;
  }
}

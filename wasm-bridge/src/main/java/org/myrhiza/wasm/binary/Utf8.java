// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

import org.jspecify.annotations.Nullable;

/**
 * Strict UTF-8 (RFC 3629): shortest form only, no surrogates, nothing above U+10FFFF.
 *
 * <p>Written out, because platform decoders differ: one accepts overlong forms, another replaces
 * bad bytes without a word. Those of TeaVM are slow besides.
 */
public final class Utf8 {
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;
  private static final int FIRST_OF_TWO = 0x80;
  private static final int FIRST_OF_THREE = 0x800;
  private static final int TAIL_BITS = 6;
  private static final int TAIL_MASK = 0x3F;

  /** What of a first byte belongs to the point, shifted by the number of bytes behind it. */
  private static final int LEAD_MASK = 0x3F;

  /** First bytes as a byte's sign makes them. */
  private static final int LEAD_OF_THREE = (byte) 0xE0;

  private static final int LEAD_OF_FOUR = (byte) 0xF0;

  /** Says that a surrogate has no other half. */
  private static final int LONE = -1;

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
    int at = from == 0 && to == bytes.length ? asciiEnd(bytes) : from;
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
    char[] out = new char[to - from];
    int length = from == 0 && to == bytes.length ? ascii(bytes, out) : 0;
    int at = from + length;
    while (at < to) {
      int first = bytes[at++];
      if (first >= 0) {
        out[length++] = (char) first;
        continue;
      }
      int tails = first < LEAD_OF_THREE ? 1 : first < LEAD_OF_FOUR ? 2 : 3;
      int point = first & (LEAD_MASK >> tails);
      for (int i = 0; i < tails; i++) {
        point = (point << TAIL_BITS) | (bytes[at++] & TAIL_MASK);
      }
      if (tails < 3) {
        out[length++] = (char) point;
      } else {
        out[length++] = Character.highSurrogate(point);
        out[length++] = Character.lowSurrogate(point);
      }
    }
    return new String(out, 0, length);
  }

  /** Copies bytes up to the first that is not ASCII. Compilers see that all indices are inside. */
  private static int ascii(byte[] bytes, char[] out) {
    for (int i = 0; i < bytes.length && i < out.length; i++) {
      if (bytes[i] < 0) {
        return i;
      }
      out[i] = (char) bytes[i];
    }
    return out.length;
  }

  /** The index of the first byte that is not ASCII. */
  private static int asciiEnd(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return i;
      }
    }
    return bytes.length;
  }

  /** Whether every surrogate has its other half, so that the text can be encoded. */
  public static boolean isWellFormed(String text) {
    return beyondOne(text) != LONE;
  }

  /**
   * The bytes that a text takes, or -1 if it holds a lone surrogate.
   *
   * @param text the text
   */
  public static long encodedSize(String text) {
    int more = beyondOne(text);
    return more == LONE ? -1 : text.length() + Integer.toUnsignedLong(more);
  }

  /**
   * The bytes that a text takes beyond one for each code unit, as an unsigned number, which is even
   * at its greatest; or {@link #LONE}. A long for each unit would be slow in a page.
   */
  private static int beyondOne(String text) {
    int more = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < FIRST_OF_TWO) {
        continue;
      }
      if (!Character.isSurrogate(c)) {
        more += c < FIRST_OF_THREE ? 1 : 2;
      } else if (isPairAt(text, i)) {
        more += 2;
        i++;
      } else {
        return LONE;
      }
    }
    return more;
  }

  private static boolean isPairAt(String text, int i) {
    return i + 1 < text.length()
        && Character.isHighSurrogate(text.charAt(i))
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  /**
   * Encodes text.
   *
   * @param text the text
   * @throws IllegalArgumentException if it holds a lone surrogate or takes more than 2^31 - 1
   *     bytes; ask {@link #encodedSize} first where the text comes from outside
   */
  public static byte[] encode(String text) {
    byte[] encoded = encodeOrNull(text);
    if (encoded == null) {
      throw new IllegalArgumentException("the text has a lone surrogate or is too long for UTF-8");
    }
    return encoded;
  }

  /**
   * Encodes text that may not be well-formed.
   *
   * @param text the text
   * @return null if it holds a lone surrogate or takes more than 2^31 - 1 bytes
   */
  public static byte @Nullable [] encodeOrNull(String text) {
    int more = beyondOne(text);
    int size = text.length() + more;
    if (more < 0 || size < 0) {
      return null;
    }
    byte[] out = new byte[size];
    if (more == 0) {
      for (int i = 0; i < out.length; i++) {
        out[i] = (byte) text.charAt(i);
      }
      return out;
    }
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < FIRST_OF_TWO) {
        out[at++] = (byte) c;
      } else if (c < FIRST_OF_THREE) {
        at = put(out, at, c, 1);
      } else if (!Character.isSurrogate(c)) {
        at = put(out, at, c, 2);
      } else {
        at = put(out, at, Character.toCodePoint(c, text.charAt(++i)), 3);
      }
    }
    return out;
  }

  /** Writes a sequence of a first byte and so many more; the index behind it. */
  private static int put(byte[] out, int at, int point, int tails) {
    out[at] = (byte) ((-0x80 >> tails) | (point >> (tails * TAIL_BITS)));
    for (int i = 1; i <= tails; i++) {
      out[at + i] = (byte) (CONTINUATION | ((point >> ((tails - i) * TAIL_BITS)) & TAIL_MASK));
    }
    return at + tails + 1;
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

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/**
 * Strict UTF-8 (RFC 3629, the table of Unicode 3.9 D92), written out because the platforms'
 * decoders differ: one accepts overlong forms, another replaces bad bytes without a word.
 */
public final class Utf8 {
  private static final int FIRST_TWO_BYTE = 0x80;
  private static final int FIRST_THREE_BYTE = 0x800;
  private static final int FIRST_FOUR_BYTE = 0x10000;
  private static final int TAIL_BITS = 6;
  private static final int TAIL_MASK = 0x3f;

  /** Says that a surrogate has no other half. */
  private static final int LONE = -1;

  private Utf8() {}

  /** Returns whether a text has no lone surrogate, so that it can be encoded. */
  public static boolean isWellFormed(String text) {
    return beyondOne(text) != LONE;
  }

  /** Returns the bytes that a text takes, or -1 if it has a lone surrogate. */
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
      if (c < FIRST_TWO_BYTE) {
        continue;
      }
      if (!Character.isSurrogate(c)) {
        more += c < FIRST_THREE_BYTE ? 1 : 2;
      } else if (isPairAt(text, i)) {
        more += 2;
        i++;
      } else {
        return LONE;
      }
    }
    return more;
  }

  /**
   * Encodes a text.
   *
   * @throws IllegalArgumentException if it has a lone surrogate; ask {@link #isWellFormed} first
   *     where the text comes from outside
   */
  public static Bytes encode(String text) {
    long size = encodedSize(text);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the text has a lone surrogate or is too long for UTF-8");
    }
    byte[] out = new byte[(int) size];
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      int point = text.codePointAt(i);
      if (point >= FIRST_FOUR_BYTE) {
        i++;
      }
      at = put(out, at, point);
    }
    return Bytes.adopt(out);
  }

  private static int put(byte[] out, int start, int point) {
    int tails = tails(point);
    if (tails == 0) {
      out[start] = (byte) point;
      return start + 1;
    }
    int lead = -0x80 >> tails;
    out[start] = (byte) (lead | (point >> (tails * TAIL_BITS)));
    for (int i = 1; i <= tails; i++) {
      out[start + i] = (byte) (0x80 | ((point >> ((tails - i) * TAIL_BITS)) & TAIL_MASK));
    }
    return start + tails + 1;
  }

  private static int tails(int point) {
    if (point < FIRST_TWO_BYTE) {
      return 0;
    }
    if (point < FIRST_THREE_BYTE) {
      return 1;
    }
    return point < FIRST_FOUR_BYTE ? 2 : 3;
  }

  private static boolean isPairAt(String text, int i) {
    return i + 1 < text.length()
        && Character.isHighSurrogate(text.charAt(i))
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  /** Decodes bytes, refusing overlong forms, surrogates and anything above U+10FFFF. */
  public static Decoded<String> decode(Bytes bytes) {
    byte[] array = bytes.array();
    int bad = firstInvalid(array, 0, array.length);
    if (bad >= 0) {
      return Decoded.bad("text", bad, "byte " + (array[bad] & 0xff), "UTF-8");
    }
    return Decoded.ok(decodeValid(array, 0, array.length));
  }

  /** Decodes {@code array[from..to)}, of which {@link #firstInvalid} said -1. */
  static String decodeValid(byte[] array, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int lead = array[i] & 0xff;
      int length = sequenceLength(lead);
      int point = length == 1 ? lead : lead & (0x7f >> length);
      for (int k = 1; k < length; k++) {
        point = (point << TAIL_BITS) | (array[i + k] & TAIL_MASK);
      }
      text.appendCodePoint(point);
      i += length;
    }
    return text.toString();
  }

  /**
   * Returns the offset in {@code array} of the first sequence of {@code [from, to)} that is not
   * valid UTF-8, or -1 if all are.
   *
   * @throws IllegalArgumentException if the range is not inside the array
   */
  public static int firstInvalid(byte[] array, int from, int to) {
    if (from < 0 || to < from || to > array.length) {
      throw new IllegalArgumentException(
          "range " + from + " to " + to + " of " + array.length + " bytes");
    }
    int i = from;
    while (i < to) {
      int length = sequenceLength(array[i] & 0xff);
      if (length == 0 || i + length > to || (length > 1 && !tailsValid(array, i, length))) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** Returns the bytes of a sequence by its first byte; 0 where none may begin. */
  private static int sequenceLength(int lead) {
    if (lead < 0x80) {
      return 1;
    }
    if (lead < 0xc2) {
      return 0;
    }
    if (lead < 0xe0) {
      return 2;
    }
    if (lead < 0xf0) {
      return 3;
    }
    return lead <= 0xf4 ? 4 : 0;
  }

  private static boolean tailsValid(byte[] array, int at, int length) {
    int lead = array[at] & 0xff;
    int second = array[at + 1] & 0xff;
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return false;
    }
    for (int k = 2; k < length; k++) {
      if ((array[at + k] & 0xc0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}

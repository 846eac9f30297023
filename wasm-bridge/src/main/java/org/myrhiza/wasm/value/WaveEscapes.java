// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

/** How a character stands in a text that is written. */
final class WaveEscapes {
  private static final int HEX = 16;

  private WaveEscapes() {}

  /** Appends a character of a text between such quotes. */
  static void append(StringBuilder out, int point, char quote) {
    if (point == quote || point == '\\') {
      out.append('\\').append((char) point);
    } else if (point == '\t') {
      out.append("\\t");
    } else if (point == '\n') {
      out.append("\\n");
    } else if (point == '\r') {
      out.append("\\r");
    } else if (isHidden(point)) {
      out.append("\\u{").append(Integer.toString(point, HEX)).append('}');
    } else {
      out.appendCodePoint(point);
    }
  }

  /** Control characters, line and paragraph ends, what turns the writing direction, surrogates. */
  private static boolean isHidden(int point) {
    return point < ' '
        || (point >= 0x7f && point <= 0x9f)
        || point == 0x61c
        || (point >= 0x200b && point <= 0x200f)
        || (point >= 0x2028 && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069)
        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
        || point == 0xfeff;
  }
}

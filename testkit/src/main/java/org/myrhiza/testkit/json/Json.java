// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.json;

import java.nio.charset.StandardCharsets;

/** Reading and writing JSON text (RFC 8259), for vectors and results. */
public final class Json {
  private static final int MAX_DIGITS = 19;

  private Json() {}

  /**
   * Reads a UTF-8 text.
   *
   * @param utf8 one JSON value with optional white space around it
   * @return the value
   * @throws JsonException if the text is not JSON, nests deeper than 64, or names a member twice
   */
  public static JsonValue parse(byte[] utf8) {
    return parse(new String(utf8, StandardCharsets.UTF_8));
  }

  /**
   * Reads a text.
   *
   * @param text one JSON value with optional white space around it
   * @return the value
   * @throws JsonException if the text is not JSON, nests deeper than 64, or names a member twice
   */
  public static JsonValue parse(String text) {
    return new JsonReader(text).readAll();
  }

  /**
   * Writes a string with quotes and the escapes it needs.
   *
   * @param text any text
   * @return a JSON string
   */
  public static String quote(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append("\\u").append(hexDigit(c >> 12)).append(hexDigit(c >> 8));
        out.append(hexDigit(c >> 4)).append(hexDigit(c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /**
   * Reads hexadecimal digits.
   *
   * @param digits an even number of digits, either case
   * @return the bytes
   * @throws JsonException if there is anything else
   */
  public static byte[] hex(String digits) {
    if (digits.length() % 2 != 0) {
      throw new JsonException("odd number of hexadecimal digits: " + digits.length());
    }
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (nibble(digits.charAt(2 * i)) << 4 | nibble(digits.charAt(2 * i + 1)));
    }
    return bytes;
  }

  static int nibble(char digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    char lower = (char) (digit | 0x20);
    if (lower >= 'a' && lower <= 'f') {
      return lower - 'a' + 10;
    }
    throw new JsonException("not a hexadecimal digit: " + digit);
  }

  static long integer(String literal) {
    boolean negative = literal.startsWith("-");
    String digits = negative ? literal.substring(1) : literal;
    if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
      throw new JsonException("not an integer of 64 bits: " + literal);
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
        throw new JsonException("not an integer of 64 bits: " + literal);
      }
      value = value * 10 - digit;
      if (value > 0) {
        throw new JsonException("not an integer of 64 bits: " + literal);
      }
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw new JsonException("not an integer of 64 bits: " + literal);
    }
    return negative ? value : -value;
  }

  private static char hexDigit(int value) {
    return "0123456789abcdef".charAt(value & 15);
  }
}

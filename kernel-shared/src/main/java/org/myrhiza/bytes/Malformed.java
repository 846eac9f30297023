// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/**
 * Why bytes or text from outside were refused.
 *
 * @param what the part that was being read, in words
 * @param offset where, in bytes (for text: characters) from the start of the input
 * @param seen the value found there
 * @param allowed what may stand there
 */
public record Malformed(String what, long offset, String seen, String allowed) {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_PRINTABLE = 0x7e;

  /** Returns one sentence with all four parts. */
  public String message() {
    return what + " at offset " + offset + " is " + seen + ", allowed: " + allowed;
  }

  /** Returns a character for a message: itself in quotes if plain ASCII, else its code. */
  static String describe(char c) {
    return c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE ? "'" + c + "'" : "character " + (int) c;
  }
}

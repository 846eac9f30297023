// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

/**
 * Makes text of an app harmless on a terminal: control characters, which could move the cursor or
 * colour the screen, and characters that turn the writing direction become U+FFFD.
 */
public final class Terminal {
  private static final char REPLACEMENT = (char) 0xfffd;

  private Terminal() {}

  /** The text on one line; line ends become spaces. */
  public static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == '\n' || c == '\t' ? ' ' : isHarmful(c) ? REPLACEMENT : c);
    }
    return out.toString();
  }

  private static boolean isHarmful(char c) {
    boolean control = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    boolean direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return control || direction || c == 0x2028 || c == 0x2029;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import org.teavm.jso.JSObject;

/** Text with keys and hashes in it, which are cut in the middle and whole in their tooltip. */
final class LongWords {
  private static final int LONGEST = 32;
  private static final int ENDS = 8;

  private LongWords() {}

  /** Puts the text into an empty element. */
  static void show(JSObject parent, String text) {
    int from = 0;
    while (from < text.length()) {
      int space = text.indexOf(' ', from);
      int end = space < 0 ? text.length() : space + 1;
      String word = text.substring(from, end).strip();
      if (word.length() > LONGEST) {
        JSObject cut = Dom.create("code");
        Dom.attribute(cut, "title", word);
        int last = word.length() - ENDS;
        Dom.text(cut, word.substring(0, ENDS) + "\u2026" + word.substring(last));
        Dom.append(parent, cut);
        Dom.append(parent, Dom.textNode(" "));
      } else {
        Dom.append(parent, Dom.textNode(text.substring(from, end)));
      }
      from = end;
    }
  }
}

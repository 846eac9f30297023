// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/** How a guest's memory holds strings. */
public enum StringEncoding {
  /** UTF-8: the length counts bytes. */
  UTF8("utf8"),
  /** UTF-16, little-endian: the length counts code units. */
  UTF16("utf16"),
  /** Latin-1, or UTF-16 where the length's highest bit is set. */
  LATIN1_UTF16("latin1+utf16");

  private final String text;

  StringEncoding(String text) {
    this.text = text;
  }

  /** The name in the text format. */
  public String text() {
    return text;
  }
}

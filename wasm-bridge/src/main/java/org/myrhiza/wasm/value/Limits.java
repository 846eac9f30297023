// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

/** Bounds of value text. */
final class Limits {
  /** Characters of one text, read or written: far more than a person types or reads. */
  static final int TEXT_CHARS = 1 << 22;

  /** Values in one text, omitted ones included: a field that is left out costs no character. */
  static final int VALUES = 1 << 22;

  /** Values inside each other: as deep as types that come from components. */
  static final int DEPTH = org.myrhiza.wasm.component.Limits.VALUE_TYPE_DEPTH;

  /** Characters of one number: the longest exact decimal of a double has fewer digits. */
  static final int NUMBER_CHARS = 1_100;

  /** Hexadecimal digits of an escaped character; the greatest has six. */
  static final int ESCAPE_DIGITS = 6;

  /** Characters of the text that a message shows. */
  static final int SHOWN_CHARS = 40;

  /** Names that a message lists. */
  static final int SHOWN_NAMES = 8;

  private Limits() {}
}

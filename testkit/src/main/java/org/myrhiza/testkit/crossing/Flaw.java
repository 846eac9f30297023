// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

/**
 * Something unusual that a guest gives, and what the specification has become of it
 * (CanonicalABI.md, Loading and Flat Lifting).
 */
public enum Flaw {
  /** A {@code bool} that is neither 0 nor 1: true. */
  WIDE_BOOL(false),
  /** A surrogate, or something beyond the last code point. */
  NO_CHAR(true),
  /** A case that the type has not. */
  NO_CASE(true),
  /** Bits of flags that have no label: ignored. */
  NAMELESS_FLAGS(false),
  /** A small integer, flat, with bits above its width: ignored. */
  WIDE_INTEGER(false),
  /** A slot of 64 bits, shared with a wider case, with bits above a value of 32: ignored. */
  WIDE_SLOT(false),
  /** A NaN with a payload or a sign: the canonical one. */
  ODD_NAN(false),
  /** A NaN with a payload or a sign among the numbers of a list: the canonical one. */
  ODD_NAN_IN_LIST(false),
  /** Bytes that are not UTF-8, or a surrogate alone in UTF-16. */
  NO_TEXT(true),
  /** A text's address outside memory, or one so near to the end that the text is. */
  TEXT_OUTSIDE(true),
  /** A text in UTF-16 at an odd address. */
  TEXT_UNALIGNED(true),
  /** A list of numbers outside memory. */
  NUMBERS_OUTSIDE(true),
  /** A list of numbers at an address that is not aligned for them. */
  NUMBERS_UNALIGNED(true),
  /** A list of anything else outside memory. */
  LIST_OUTSIDE(true),
  /** A list of anything else at an address that is not aligned. */
  LIST_UNALIGNED(true),
  /** A map outside memory. */
  MAP_OUTSIDE(true),
  /** A map at an address that is not aligned. */
  MAP_UNALIGNED(true),
  /** Spilled parameters or a spilled result outside memory. */
  SPILLED_OUTSIDE(true),
  /** Spilled parameters or a spilled result at an address that is not aligned. */
  SPILLED_UNALIGNED(true);

  private final boolean traps;

  Flaw(boolean traps) {
    this.traps = traps;
  }

  /**
   * Whether the specification has the call end there.
   *
   * @return false if the value is lifted as if there were no flaw
   */
  public boolean traps() {
    return traps;
  }
}

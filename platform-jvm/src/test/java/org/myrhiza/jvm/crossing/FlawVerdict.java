// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import org.myrhiza.testkit.crossing.Flaw;

/** What jco makes of a flaw, beside what the specification says, which this runtime does. */
enum FlawVerdict {
  /** The same as here. */
  AS_SPECIFIED,
  /** It always stops where a value is to be lifted. */
  STOPS,
  /** It always lifts something where the call is to end. */
  LIFTS,
  /** It lifts what ends outside memory where it has nothing to read there, such as padding. */
  UNREAD,
  /** It depends on what else it comes to read; of each such flaw some cases differ. */
  EITHER;

  static FlawVerdict of(Flaw flaw) {
    return switch (flaw) {
      // Its checks are stricter: 0 and 1 alone are booleans, each bit of flags has a label, and a
      // flat integer is in its type's range.
      case WIDE_BOOL, NAMELESS_FLAGS, WIDE_INTEGER -> STOPS;
      // Its decoder puts U+FFFD for what is no text. Its copy of numbers ends where memory ends.
      case NO_TEXT, NUMBERS_OUTSIDE -> LIFTS;
      // It turns all 64 bits of a shared slot into a number, which fits its type or does not.
      case WIDE_SLOT -> EITHER;
      // It checks the alignment of lists alone.
      case MAP_UNALIGNED, SPILLED_UNALIGNED -> EITHER;
      // It checks memory's end value by value.
      case SPILLED_OUTSIDE, LIST_OUTSIDE, MAP_OUTSIDE -> UNREAD;
      case NO_CHAR,
          NO_CASE,
          ODD_NAN,
          ODD_NAN_IN_LIST,
          TEXT_OUTSIDE,
          TEXT_UNALIGNED,
          NUMBERS_UNALIGNED,
          LIST_UNALIGNED ->
          AS_SPECIFIED;
    };
  }

  /** Whether this may be: {@code ours} and {@code jco} are values, or empty for a trap. */
  boolean allows(String ours, String jco) {
    return switch (this) {
      case AS_SPECIFIED -> ours.equals(jco);
      case STOPS -> !ours.isEmpty() && jco.isEmpty();
      case LIFTS -> ours.isEmpty() && !jco.isEmpty();
      case UNREAD -> ours.isEmpty();
      case EITHER -> true;
    };
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

import org.myrhiza.wasm.component.Primitive;

/** Integers of the component model's eight types. */
final class Integers {
  private static final long TENTH = Long.divideUnsigned(-1L, 10);

  private Integers() {}

  static boolean isSigned(Primitive type) {
    return switch (type) {
      case S8, S16, S32, S64 -> true;
      default -> false;
    };
  }

  static int bits(Primitive type) {
    return type.size() * Byte.SIZE;
  }

  static String range(Primitive type) {
    int bits = bits(type);
    return isSigned(type)
        ? "an integer from -" + Long.toUnsignedString(1L << (bits - 1)) + " to " + greatest(type)
        : "an integer from 0 to " + greatest(type);
  }

  private static String greatest(Primitive type) {
    return Long.toUnsignedString(-1L >>> (Long.SIZE - bits(type) + (isSigned(type) ? 1 : 0)));
  }

  /** Reads a whole number of the type, sign-extended when the type has signs. */
  static long parse(Primitive type, String number, int position) throws WaveException {
    boolean negative = number.startsWith("-");
    long value = 0;
    for (int i = negative ? 1 : 0; i < number.length(); i++) {
      int digit = number.charAt(i) - '0';
      boolean isDigit = digit >= 0 && digit <= 9;
      int order = Long.compareUnsigned(value, TENTH);
      // 2^64 - 1 ends with a 5.
      if (!isDigit || order > 0 || (order == 0 && digit > 5)) {
        throw outOfRange(type, number, position);
      }
      value = value * 10 + digit;
    }
    int bits = bits(type);
    long greatest = -1L >>> (Long.SIZE - bits + (isSigned(type) ? 1 : 0));
    if (negative) {
      boolean fits = isSigned(type) && Long.compareUnsigned(value, greatest + 1) <= 0;
      if (!fits) {
        throw outOfRange(type, number, position);
      }
      return -value;
    }
    if (Long.compareUnsigned(value, greatest) > 0) {
      throw outOfRange(type, number, position);
    }
    return value;
  }

  private static WaveException outOfRange(Primitive type, String number, int position) {
    String seen =
        number.length() > Limits.SHOWN_CHARS
            ? number.substring(0, Limits.SHOWN_CHARS) + "…"
            : number;
    return new WaveException(position, type.text(), seen, range(type));
  }

  /** Writes the low bits of a number as the type reads them. */
  static String print(Primitive type, long bits) {
    int unused = Long.SIZE - bits(type);
    return isSigned(type)
        ? Long.toString(bits << unused >> unused)
        : Long.toUnsignedString(bits << unused >>> unused);
  }
}

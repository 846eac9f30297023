// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

import java.math.BigInteger;

/**
 * Floats and decimal digits, exactly: the fewest digits that name a float (Steele and White, as
 * Burger and Dybvig have it), and the float nearest to a decimal, ties to even. The libraries of
 * two platforms differ in both, so this uses neither.
 */
final class Decimals {
  /** IEEE 754 binary32. */
  static final Decimals SINGLE = new Decimals(24, 8);

  /** IEEE 754 binary64. */
  static final Decimals WIDE = new Decimals(53, 11);

  /** Digits before the point beyond which an exponent is written. */
  private static final int MOST_PLAIN = 21;

  /** Zeros after the point beyond which an exponent is written, counted down from 0. */
  private static final int LEAST_PLAIN = -6;

  /** Decimal exponents that are surely infinite or zero when passed. */
  private static final int GREATEST_EXPONENT = 400;

  /** log10(2) in 1/100000. */
  private static final int LOG_TWO = 30_103;

  private static final int LOG_UNIT = 100_000;

  private final int precision;
  private final int exponentBits;
  private final int bias;

  private Decimals(int precision, int exponentBits) {
    this.precision = precision;
    this.exponentBits = exponentBits;
    // Of the mantissa as an integer.
    this.bias = (1 << (exponentBits - 1)) - 1 + precision - 1;
  }

  /**
   * A finite float as text.
   *
   * @param bits in the format's width
   */
  String print(long bits) {
    boolean negative = (bits >>> (precision - 1 + exponentBits) & 1) != 0;
    long fraction = bits & ((1L << (precision - 1)) - 1);
    int exponent = (int) (bits >>> (precision - 1)) & ((1 << exponentBits) - 1);
    String sign = negative ? "-" : "";
    if (fraction == 0 && exponent == 0) {
      return sign + "0";
    }
    long mantissa = exponent == 0 ? fraction : fraction | (1L << (precision - 1));
    boolean lowest = fraction == 0 && exponent > 1;
    return sign + shortest(mantissa, Math.max(exponent, 1) - bias, lowest);
  }

  /** {@code lowest}: the next float below is only half as far away as the next above. */
  private static String shortest(long mantissa, int exponent, boolean lowest) {
    boolean even = (mantissa & 1) == 0;
    int more = lowest ? 2 : 1;
    BigInteger r = BigInteger.valueOf(mantissa).shiftLeft(Math.max(exponent, 0) + more);
    BigInteger s = BigInteger.ONE.shiftLeft(Math.max(-exponent, 0) + more);
    BigInteger below = BigInteger.ONE.shiftLeft(Math.max(exponent, 0));
    BigInteger above = lowest ? below.shiftLeft(1) : below;
    int length = Long.SIZE - Long.numberOfLeadingZeros(mantissa) + exponent;
    int k = Math.floorDiv((length - 1) * LOG_TWO, LOG_UNIT);
    BigInteger scale = BigInteger.TEN.pow(Math.abs(k));
    if (k >= 0) {
      s = s.multiply(scale);
    } else {
      r = r.multiply(scale);
      below = below.multiply(scale);
      above = above.multiply(scale);
    }
    // The estimate is at most one too low.
    while (reaches(r.add(above), s, even)) {
      s = s.multiply(BigInteger.TEN);
      k++;
    }
    StringBuilder digits = new StringBuilder();
    while (true) {
      BigInteger[] step = r.multiply(BigInteger.TEN).divideAndRemainder(s);
      int digit = step[0].intValue();
      r = step[1];
      below = below.multiply(BigInteger.TEN);
      above = above.multiply(BigInteger.TEN);
      boolean low = reaches(below, r, even);
      boolean high = reaches(r.add(above), s, even);
      if (!low && !high) {
        digits.append(digit);
        continue;
      }
      boolean up = (low && high) ? r.shiftLeft(1).compareTo(s) >= 0 : high;
      return placed(digits.append(up ? digit + 1 : digit).toString(), k);
    }
  }

  /** Whether a bound is passed; the bound itself counts when the mantissa is even. */
  private static boolean reaches(BigInteger value, BigInteger bound, boolean even) {
    int order = value.compareTo(bound);
    return even ? order >= 0 : order > 0;
  }

  /** {@code digits} with the point before the digit at {@code k}. */
  private static String placed(String digits, int k) {
    int n = digits.length();
    if (k > MOST_PLAIN || k <= LEAST_PLAIN) {
      String rest = n == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + rest + "e" + (k > 0 ? "+" : "") + (k - 1);
    }
    if (k <= 0) {
      return "0." + "0".repeat(-k) + digits;
    }
    return n <= k ? digits + "0".repeat(k - n) : digits.substring(0, k) + "." + digits.substring(k);
  }

  /** The bits of infinity. */
  long infinity() {
    return ((1L << exponentBits) - 1) << (precision - 1);
  }

  /** The bits of minus infinity. */
  long negativeInfinity() {
    return infinity() | (1L << (precision - 1 + exponentBits));
  }

  /** The bits of the one NaN. */
  long nan() {
    return infinity() | (1L << (precision - 2));
  }

  boolean isNan(long bits) {
    return (bits & infinity()) == infinity() && (bits & ((1L << (precision - 1)) - 1)) != 0;
  }

  /**
   * The float nearest to a JSON number.
   *
   * @return its bits; those of an infinity when the number is too great
   */
  long parse(String number) {
    boolean negative = number.charAt(0) == '-';
    long sign = negative ? 1L << (precision - 1 + exponentBits) : 0L;
    StringBuilder digits = new StringBuilder();
    int exponent = 0;
    boolean fraction = false;
    int i = negative ? 1 : 0;
    for (; i < number.length() && (number.charAt(i) | ' ') != 'e'; i++) {
      char c = number.charAt(i);
      if (c == '.') {
        fraction = true;
      } else {
        digits.append(c);
        exponent -= fraction ? 1 : 0;
      }
    }
    BigInteger value = new BigInteger(digits.toString());
    if (value.signum() == 0) {
      return sign;
    }
    exponent += i < number.length() ? exponentOf(number, i + 1) : 0;
    int places = value.toString().length() + exponent;
    if (places > GREATEST_EXPONENT) {
      return sign | infinity();
    }
    return places < -GREATEST_EXPONENT ? sign : sign | nearest(value, exponent);
  }

  /** Saturates: texts are short, so beyond some value it does not matter how far beyond. */
  private static int exponentOf(String number, int from) {
    boolean negative = number.charAt(from) == '-';
    int value = 0;
    for (int i = from; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c >= '0' && c <= '9') {
        value = Math.min(value * 10 + (c - '0'), Limits.NUMBER_CHARS * 10);
      }
    }
    return negative ? -value : value;
  }

  private long nearest(BigInteger digits, int tens) {
    BigInteger power = BigInteger.TEN.pow(Math.abs(tens));
    BigInteger top = tens >= 0 ? digits.multiply(power) : digits;
    BigInteger bottom = tens >= 0 ? BigInteger.ONE : power;
    // Of the quotient's binary point, so that it has the precision or one bit more.
    int shift = top.bitLength() - bottom.bitLength() - precision;
    shift = Math.max(shift, 1 - bias);
    BigInteger[] parts = divided(top, bottom, shift);
    if (parts[0].bitLength() > precision) {
      shift++;
      parts = divided(top, bottom, shift);
    }
    if (shift + bias >= (1 << exponentBits) - 1) {
      return infinity();
    }
    BigInteger divisor = shift > 0 ? bottom.shiftLeft(shift) : bottom;
    long mantissa = parts[0].longValue();
    int half = parts[1].shiftLeft(1).compareTo(divisor);
    if (half > 0 || (half == 0 && (mantissa & 1) != 0)) {
      mantissa++;
    }
    // A mantissa that grew a bit carries into the exponent, a subnormal one into the first normal.
    long hidden = 1L << (precision - 1);
    long exponent = (long) shift + bias;
    return mantissa < hidden ? mantissa : (exponent << (precision - 1)) + mantissa - hidden;
  }

  private static BigInteger[] divided(BigInteger top, BigInteger bottom, int shift) {
    return shift > 0
        ? top.divideAndRemainder(bottom.shiftLeft(shift))
        : top.shiftLeft(-shift).divideAndRemainder(bottom);
  }
}

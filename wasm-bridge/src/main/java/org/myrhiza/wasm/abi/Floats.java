// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

/** Floats at the boundary: every NaN that crosses is the canonical one. */
final class Floats {
  private static final int NAN_SINGLE = 0x7fc00000;
  private static final long NAN_WIDE = 0x7ff8000000000000L;
  private static final int LARGEST_SINGLE = 0x7f800000;
  private static final long LARGEST_WIDE = 0x7ff0000000000000L;

  private Floats() {}

  private static boolean isNan(int bits) {
    return (bits & Integer.MAX_VALUE) > LARGEST_SINGLE;
  }

  private static boolean isNan(long bits) {
    return (bits & Long.MAX_VALUE) > LARGEST_WIDE;
  }

  static float single(int bits) {
    return isNan(bits) ? Float.NaN : Float.intBitsToFloat(bits);
  }

  static double wide(long bits) {
    return isNan(bits) ? Double.NaN : Double.longBitsToDouble(bits);
  }

  static int bits(float value) {
    return Float.isNaN(value) ? NAN_SINGLE : Float.floatToRawIntBits(value);
  }

  static long bits(double value) {
    return Double.isNaN(value) ? NAN_WIDE : Double.doubleToRawLongBits(value);
  }

  /** Makes all NaNs among little-endian singles canonical, in place. */
  static void canonicalizeSingles(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += Integer.BYTES) {
      if (isNan((int) get(bytes, at, Integer.BYTES))) {
        put(bytes, at, Integer.BYTES, NAN_SINGLE);
      }
    }
  }

  /** Makes all NaNs among little-endian doubles canonical, in place. */
  static void canonicalizeWide(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += Long.BYTES) {
      if (isNan(get(bytes, at, Long.BYTES))) {
        put(bytes, at, Long.BYTES, NAN_WIDE);
      }
    }
  }

  private static long get(byte[] bytes, int at, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xff);
    }
    return value;
  }

  private static void put(byte[] bytes, int at, int width, long value) {
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/**
 * An immutable byte string: equal by value, ordered lexicographically by unsigned bytes.
 *
 * <p>Every key, hash, id and payload is one of these. Nothing hands out the array inside, so a
 * value that was checked stays as it was checked.
 */
public final class Bytes implements Comparable<Bytes>, Words {
  /** The empty byte string. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final String DIGITS = "0123456789abcdef";
  private static final int HASH_FACTOR = 31;

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Returns a byte string with a copy of the whole array. */
  public static Bytes copyOf(byte[] source) {
    return copyOf(source, 0, source.length);
  }

  /**
   * Returns a copy of {@code source[from..to)}.
   *
   * @throws IllegalArgumentException if the range is not inside the array
   */
  public static Bytes copyOf(byte[] source, int from, int to) {
    checkRange(from, to, source.length);
    if (from == to) {
      return EMPTY;
    }
    byte[] copy = new byte[to - from];
    System.arraycopy(source, from, copy, 0, copy.length);
    return new Bytes(copy);
  }

  /**
   * Returns a byte string over this very array, without a copy: the caller gives the array away and
   * never touches it again. Never for memory that a guest or an adapter still holds.
   */
  public static Bytes adopt(byte[] array) {
    return new Bytes(array);
  }

  /**
   * Returns the byte string of the given values, for literals.
   *
   * @throws IllegalArgumentException if a value is outside 0 to 255
   */
  public static Bytes of(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] > 0xff) {
        throw new IllegalArgumentException("byte " + i + " is " + values[i] + ", allowed 0 to 255");
      }
      array[i] = (byte) values[i];
    }
    return new Bytes(array);
  }

  /** Returns {@code size} zero bytes. */
  public static Bytes zeros(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + ", allowed 0 and above");
    }
    return new Bytes(new byte[size]);
  }

  /**
   * Returns the bytes of lower-case hex digits, for constants and tests.
   *
   * @throws IllegalArgumentException if the text is not hex
   */
  public static Bytes hex(String digits) {
    return switch (parseHex(digits)) {
      case Decoded.Ok<Bytes>(Bytes value) -> value;
      case Decoded.Bad<Bytes>(Malformed bad) -> throw new IllegalArgumentException(bad.message());
    };
  }

  /**
   * Parses an even number of lower-case hex digits; upper case is refused, as we never write it.
   */
  public static Decoded<Bytes> parseHex(String digits) {
    int length = digits.length();
    if ((length & 1) != 0) {
      return Decoded.bad("hex", length, length + " digits", "an even number of digits");
    }
    byte[] array = new byte[length / 2];
    for (int i = 0; i < length; i++) {
      int digit = DIGITS.indexOf(digits.charAt(i));
      if (digit < 0) {
        return Decoded.bad("hex digit", i, Malformed.describe(digits.charAt(i)), "0-9, a-f");
      }
      array[i / 2] = (byte) ((array[i / 2] << 4) | digit);
    }
    return Decoded.ok(new Bytes(array));
  }

  /** Returns all parts in order, as one byte string. */
  public static Bytes concat(Bytes... parts) {
    long total = 0;
    for (Bytes part : parts) {
      total += part.array.length;
    }
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(total + " bytes do not fit into one byte string");
    }
    byte[] all = new byte[(int) total];
    int at = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.array, 0, all, at, part.array.length);
      at += part.array.length;
    }
    return new Bytes(all);
  }

  /** Returns the array inside, for the codecs of this package, which only read it. */
  byte[] array() {
    return array;
  }

  @Override
  public int size() {
    return array.length;
  }

  /** Returns whether there are no bytes. */
  public boolean isEmpty() {
    return array.length == 0;
  }

  /**
   * Returns the byte at an index, as 0 to 255.
   *
   * @throws IllegalArgumentException if there is no such index
   */
  public int at(int index) {
    if (index < 0 || index >= array.length) {
      throw new IllegalArgumentException("index " + index + " of " + array.length + " bytes");
    }
    return array[index] & 0xff;
  }

  /**
   * Returns the bytes from {@code from} up to and without {@code to}.
   *
   * @throws IllegalArgumentException if the range is not inside
   */
  public Bytes slice(int from, int to) {
    checkRange(from, to, array.length);
    return from == 0 && to == array.length ? this : copyOf(array, from, to);
  }

  /** Returns these bytes followed by the other's. */
  public Bytes plus(Bytes other) {
    return concat(this, other);
  }

  /** Returns a copy as an array of its own. */
  public byte[] toArray() {
    return array.clone();
  }

  /**
   * Copies {@code this[from..to)} into {@code target}, starting at {@code at}.
   *
   * @throws IllegalArgumentException if either range is not inside
   */
  public void copyTo(int from, int to, byte[] target, int at) {
    checkRange(from, to, array.length);
    checkRange(at, target.length, target.length);
    checkRange(0, to - from, target.length - at);
    System.arraycopy(array, from, target, at, to - from);
  }

  /** Returns whether this begins with all of {@code prefix}. */
  public boolean startsWith(Bytes prefix) {
    if (prefix.array.length > array.length) {
      return false;
    }
    for (int i = 0; i < prefix.array.length; i++) {
      if (array[i] != prefix.array[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void words(int from, int[] target) {
    ArrayWords.fill(array, from, array.length, target);
  }

  /** Returns this. */
  @Override
  public Bytes toBytes() {
    return this;
  }

  /** Returns lower-case hex, two digits a byte. */
  public String toHex() {
    StringBuilder text = new StringBuilder(array.length * 2);
    for (byte b : array) {
      text.append(DIGITS.charAt((b & 0xff) >> 4)).append(DIGITS.charAt(b & 0xf));
    }
    return text.toString();
  }

  /** Compares lexicographically by unsigned bytes; a prefix sorts before what it begins. */
  @Override
  public int compareTo(Bytes other) {
    return compareRanges(array, 0, array.length, other.array, other.array.length);
  }

  /**
   * Compares these with {@code other[from..to)}, like {@link #compareTo(Bytes)}: for keys that lie
   * packed in an array.
   *
   * @throws IllegalArgumentException if the range is not inside the array
   */
  public int compareTo(byte[] other, int from, int to) {
    checkRange(from, to, other.length);
    return -compareRanges(other, from, to, array, array.length);
  }

  /** Compares {@code a[from..to)} with {@code b[0..length)}, unsigned; no argument is checked. */
  static int compareRanges(byte[] a, int from, int to, byte[] b, int length) {
    int size = to - from;
    int shared = Math.min(size, length);
    for (int i = 0; i < shared; i++) {
      int difference = (a[from + i] & 0xff) - (b[i] & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return size - length;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Bytes that) || array.length != that.array.length) {
      return false;
    }
    for (int i = 0; i < array.length; i++) {
      if (array[i] != that.array[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (byte b : array) {
      hash = HASH_FACTOR * hash + b;
    }
    return hash;
  }

  /** Returns the bytes as lower-case hex. */
  @Override
  public String toString() {
    return toHex();
  }

  private static void checkRange(int from, int to, int size) {
    if (from < 0 || to < from || to > size) {
      throw new IllegalArgumentException("range " + from + " to " + to + " of " + size + " bytes");
    }
  }
}

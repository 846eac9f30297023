// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A component value without its type: the same class carries all types that look alike to a host. A
 * function's type says what stands where; {@code org.myrhiza.wasm.abi} checks it when lowering.
 */
public sealed interface Value {
  /** Both values of {@code bool}. */
  Bool TRUE = new Bool(true);

  /** Both values of {@code bool}. */
  Bool FALSE = new Bool(false);

  /** {@code bool}. */
  record Bool(boolean value) implements Value {}

  /**
   * {@code s8 u8 s16 u16 s32 u32}.
   *
   * @param value in its type's range; a {@code u32} from 2^31 on is negative here
   */
  record Int32(int value) implements Value {}

  /**
   * {@code s64 u64}.
   *
   * @param value a {@code u64} from 2^63 on is negative here
   */
  record Int64(long value) implements Value {}

  /**
   * {@code char}.
   *
   * @param codePoint a Unicode scalar value
   */
  record Char(int codePoint) implements Value {}

  /**
   * {@code string}.
   *
   * @param value without lone surrogates
   * @param form how the guest that it comes from held it; no part of equality
   */
  record Text(String value, Form form) implements Value {
    /** A host's text. */
    public Text(String value) {
      this(value, Form.UTF8);
    }

    /** The forms that a guest's memory holds strings in; a host's count as the first. */
    public enum Form {
      /** UTF-8. */
      UTF8,
      /** UTF-16. */
      UTF16,
      /** UTF-16 in a memory that holds Latin-1 where it can ({@code latin1+utf16}). */
      TAGGED_UTF16,
      /** Latin-1, in such a memory. */
      LATIN1
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Text t && value.equals(t.value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }
  }

  /**
   * {@code f32}.
   *
   * @param value any; all NaNs are one
   */
  record Float32(float value) implements Value {
    /** Rounds: in JavaScript a float may carry more digits than it has room for. */
    public Float32 {
      value = Float.intBitsToFloat(Float.floatToIntBits(value));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Float32 o
          && Float.floatToIntBits(value) == Float.floatToIntBits(o.value);
    }

    @Override
    public int hashCode() {
      return Float.floatToIntBits(value);
    }
  }

  /**
   * {@code f64}.
   *
   * @param value any; all NaNs are one
   */
  record Float64(double value) implements Value {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Float64 o
          && Double.doubleToLongBits(value) == Double.doubleToLongBits(o.value);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(Double.doubleToLongBits(value));
    }
  }

  /**
   * {@code own} and {@code borrow}: what the resource's owner knows it by. Good for one instance
   * and until that one is put back or gone; where the host is the owner, as long as the host says.
   *
   * @param resource which of the component's resource types, as its owner counts them
   * @param representation the owner's number for it
   * @param life which life of the instance it belongs to; of no account where the host owns it
   */
  record Handle(int resource, int representation, int life) implements Value {}

  /** {@code flags}: bit i is the i-th label. */
  record Flags(int bits) implements Value {}

  /**
   * {@code variant enum option result}.
   *
   * @param index the case: none, some are 0, 1; ok, error are 0, 1
   * @param payload what the case carries, or null when it carries nothing
   */
  record Case(int index, @Nullable Value payload) implements Value {
    /** {@code none}, or any first case without payload, {@code ok} included. */
    public static final Case NONE = new Case(0, null);

    /** {@code some(value)}. */
    public static Case some(Value value) {
      return new Case(1, value);
    }
  }

  /**
   * {@code list} of anything but numbers, of any length or a fixed one, and {@code map} as a list
   * of pairs.
   *
   * @param elements in order
   */
  record Items(List<Value> elements) implements Value {
    /** Copies the list. */
    public Items {
      elements = List.copyOf(elements);
    }
  }

  /** {@code list<u8>}. */
  final class Octets implements Value {
    /** The empty list. */
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Takes the array over: the caller must not change it again. */
    public static Octets adopt(byte[] bytes) {
      return new Octets(bytes);
    }

    /** How many bytes. */
    public int size() {
      return bytes.length;
    }

    /** The bytes themselves, not to be changed by whoever asks. */
    public byte[] shared() {
      return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Octets o && Arrays.equals(bytes, o.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Octets" + Arrays.toString(bytes);
    }
  }

  /** {@code list} of numbers other than {@code u8}: their bytes, little-endian. */
  final class Numbers implements Value {
    private final byte[] bytes;
    private final int width;

    private Numbers(byte[] bytes, int width) {
      this.bytes = bytes;
      this.width = width;
    }

    /**
     * Takes the array over: the caller must not change it again.
     *
     * @param bytes all numbers, one after the other
     * @param width bytes of each: 1, 2, 4 or 8
     */
    public static Numbers adopt(byte[] bytes, int width) {
      if (width < 1 || width > 8 || Integer.bitCount(width) != 1 || bytes.length % width != 0) {
        throw new IllegalArgumentException(bytes.length + " bytes in numbers of " + width);
      }
      return new Numbers(bytes, width);
    }

    /** How many numbers. */
    public int size() {
      return bytes.length / width;
    }

    /** Bytes of each. */
    public int width() {
      return width;
    }

    /** The bits of the number at a position, zero-extended. */
    public long bits(int index) {
      long value = 0;
      for (int i = width - 1; i >= 0; i--) {
        value = (value << 8) | (bytes[index * width + i] & 0xff);
      }
      return value;
    }

    /** The bytes themselves, not to be changed by whoever asks. */
    public byte[] shared() {
      return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Numbers n && width == n.width && Arrays.equals(bytes, n.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Numbers" + width + Arrays.toString(bytes);
    }
  }

  /** {@code record} and {@code tuple}: parts in order. */
  final class Group implements Value {
    private final Value[] parts;

    private Group(Value[] parts) {
      this.parts = parts;
    }

    /** Takes the array over: the caller must not change it again. */
    public static Group of(Value... parts) {
      return new Group(parts);
    }

    /** How many parts. */
    public int size() {
      return parts.length;
    }

    /** The part at a position. */
    public Value get(int index) {
      return parts[index];
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Group g && Arrays.equals(parts, g.parts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(parts);
    }

    @Override
    public String toString() {
      return "Group" + Arrays.toString(parts);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

/**
 * Writes WebAssembly binaries. Integers come out in their shortest form, so that the same calls
 * always give the same bytes.
 */
public final class ByteWriter {
  private static final int FIRST_CAPACITY = 64;
  private static final int CONTINUES = 0x80;
  private static final int LOW_BITS = 0x7F;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** An empty writer. */
  public ByteWriter() {}

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    byte[] copy = new byte[size];
    System.arraycopy(bytes, 0, copy, 0, size);
    return copy;
  }

  /** One byte: the low 8 bits. */
  public ByteWriter u8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Several bytes, the low 8 bits of each. */
  public ByteWriter u8s(int... values) {
    for (int value : values) {
      u8(value);
    }
    return this;
  }

  /** An unsigned 32-bit integer, its bits in an {@code int}. */
  public ByteWriter u32(int value) {
    int rest = value;
    while ((rest & ~LOW_BITS) != 0) {
      u8((rest & LOW_BITS) | CONTINUES);
      rest >>>= 7;
    }
    return u8(rest);
  }

  /** A signed 32-bit integer. */
  public ByteWriter s32(int value) {
    int rest = value;
    while (rest < -64 || rest > 63) {
      u8((rest & LOW_BITS) | CONTINUES);
      rest >>= 7;
    }
    return u8(rest & LOW_BITS);
  }

  /** A signed integer of up to 64 bits; of 33 bits too. */
  public ByteWriter s64(long value) {
    long rest = value;
    while (rest < -64 || rest > 63) {
      u8(((int) rest & LOW_BITS) | CONTINUES);
      rest >>= 7;
    }
    return u8((int) rest & LOW_BITS);
  }

  /** Four bytes, little-endian. */
  public ByteWriter fixed32(int value) {
    return u8s(value, value >>> 8, value >>> 16, value >>> 24);
  }

  /** Eight bytes, little-endian. */
  public ByteWriter fixed64(long value) {
    return fixed32((int) value).fixed32((int) (value >>> 32));
  }

  /** The length in bytes of the text in UTF-8, then the bytes. */
  public ByteWriter name(String text) {
    byte[] encoded = Utf8.encode(text);
    return u32(encoded.length).bytes(encoded);
  }

  /** Bytes as they are. */
  public ByteWriter bytes(byte[] from) {
    return bytes(from, 0, from.length);
  }

  /**
   * A part of an array as it is.
   *
   * @param from the array
   * @param start the first index
   * @param end the index after the last
   */
  public ByteWriter bytes(byte[] from, int start, int end) {
    int length = end - start;
    reserve(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
    return this;
  }

  /** Everything that the other writer holds, without a length. */
  public ByteWriter append(ByteWriter other) {
    return bytes(other.bytes, 0, other.size);
  }

  /** The size of what the other writer holds, then its bytes. */
  public ByteWriter sized(ByteWriter other) {
    return u32(other.size).append(other);
  }

  /**
   * A section: its id, its size, its contents.
   *
   * @param id the section's number
   * @param contents what it holds
   */
  public ByteWriter section(int id, ByteWriter contents) {
    return u8(id).sized(contents);
  }

  private void reserve(int more) {
    if (more <= bytes.length - size) {
      return;
    }
    byte[] larger = new byte[Math.max(bytes.length * 2, size + more)];
    System.arraycopy(bytes, 0, larger, 0, size);
    bytes = larger;
  }
}

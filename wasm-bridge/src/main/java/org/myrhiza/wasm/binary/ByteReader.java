// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

/**
 * Reads a stretch of bytes from front to back and never beyond its end.
 *
 * <p>Every method names what it reads, so that its error says what was missing. Offsets are
 * positions in the whole array. Integers are LEB128 as the core specification (section 5.2.2) has
 * it: at most {@code ceil(N / 7)} bytes for N bits, with the unused bits of the last byte equal to
 * the sign (or zero). Padding inside that bound is allowed, since linkers write it.
 *
 * <p>The array is not copied and must not change while a reader is in use.
 */
public final class ByteReader {
  private static final int MAX_BYTES_32 = 5;
  private static final int MAX_BYTES_64 = 10;
  private static final int CONTINUES = 0x80;
  private static final int LOW_BITS = 0x7F;

  private final byte[] bytes;
  private final int end;
  private int at;

  /**
   * Reads all of an array.
   *
   * @param bytes the input
   */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /**
   * Reads a part of an array.
   *
   * @param bytes the input
   * @param from the first index
   * @param to the index after the last
   */
  public ByteReader(byte[] bytes, int from, int to) {
    if (from < 0 || to < from || to > bytes.length) {
      throw new IllegalArgumentException("no stretch [" + from + ", " + to + ")");
    }
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** The position of the next byte. */
  public int offset() {
    return at;
  }

  /** The position after the last byte. */
  public int end() {
    return end;
  }

  /** How many bytes are left. */
  public int remaining() {
    return end - at;
  }

  /** Whether nothing is left. */
  public boolean atEnd() {
    return at == end;
  }

  /** The array that is being read, to be left unchanged. */
  public byte[] array() {
    return bytes;
  }

  /** The next byte, 0 to 255. */
  public int u8(String what) throws WasmException {
    if (at >= end) {
      throw ended(what);
    }
    return bytes[at++] & 0xFF;
  }

  /** The next byte, 0 to 255, without moving past it. */
  public int peek(String what) throws WasmException {
    if (at >= end) {
      throw ended(what);
    }
    return bytes[at] & 0xFF;
  }

  /** An unsigned 32-bit integer, its bits in an {@code int}. */
  public int u32(String what) throws WasmException {
    int start = at;
    int result = 0;
    for (int i = 0; i < MAX_BYTES_32; i++) {
      int b = u8(what);
      if (i == MAX_BYTES_32 - 1 && (b & 0xF0) != 0) {
        throw tooWide(start, what, "an unsigned integer of 32 bits");
      }
      result |= (b & LOW_BITS) << (7 * i);
      if ((b & CONTINUES) == 0) {
        return result;
      }
    }
    throw tooWide(start, what, "an unsigned integer of 32 bits");
  }

  /** An unsigned integer of at most 31 bits: an index that Java can use. */
  public int index(String what) throws WasmException {
    int start = at;
    int value = u32(what);
    if (value < 0) {
      throw WasmException.malformed(
          start, what, Integer.toUnsignedString(value), "at most " + Integer.MAX_VALUE);
    }
    return value;
  }

  /**
   * A number of things to follow, each of which takes at least one byte. The answer is safe to
   * allocate for.
   *
   * @param what the name of the things
   * @param max the most that are allowed
   */
  public int count(String what, int max) throws WasmException {
    int start = at;
    int value = u32(what);
    if (value < 0 || value > max) {
      throw WasmException.refused(
          start, "number of " + what, Integer.toUnsignedString(value), "at most " + max);
    }
    if (value > remaining()) {
      throw WasmException.malformed(
          start, "number of " + what, Integer.toString(value), "at most the bytes that follow");
    }
    return value;
  }

  /** A signed 32-bit integer. */
  public int s32(String what) throws WasmException {
    int start = at;
    int result = 0;
    for (int i = 0; i < MAX_BYTES_32; i++) {
      int b = u8(what);
      result |= (b & LOW_BITS) << (7 * i);
      if (i == MAX_BYTES_32 - 1) {
        int unused = b & 0xF8;
        if (unused != 0 && unused != 0x78) {
          throw tooWide(start, what, "a signed integer of 32 bits");
        }
        return result;
      }
      if ((b & CONTINUES) == 0) {
        int shift = 32 - 7 * (i + 1);
        return result << shift >> shift;
      }
    }
    throw tooWide(start, what, "a signed integer of 32 bits");
  }

  /** A signed 33-bit integer, as block types use it. */
  public long s33(String what) throws WasmException {
    int start = at;
    long result = 0;
    for (int i = 0; i < MAX_BYTES_32; i++) {
      int b = u8(what);
      result |= (long) (b & LOW_BITS) << (7 * i);
      if (i == MAX_BYTES_32 - 1) {
        int unused = b & 0xF0;
        if (unused != 0 && unused != 0x70) {
          throw tooWide(start, what, "a signed integer of 33 bits");
        }
        return result << 31 >> 31;
      }
      if ((b & CONTINUES) == 0) {
        int shift = 64 - 7 * (i + 1);
        return result << shift >> shift;
      }
    }
    throw tooWide(start, what, "a signed integer of 33 bits");
  }

  /** A signed 64-bit integer. */
  public long s64(String what) throws WasmException {
    int start = at;
    long result = 0;
    for (int i = 0; i < MAX_BYTES_64; i++) {
      int b = u8(what);
      result |= (long) (b & LOW_BITS) << (7 * i);
      if (i == MAX_BYTES_64 - 1) {
        if (b != 0 && b != LOW_BITS) {
          throw tooWide(start, what, "a signed integer of 64 bits");
        }
        return result;
      }
      if ((b & CONTINUES) == 0) {
        int shift = 64 - 7 * (i + 1);
        return result << shift >> shift;
      }
    }
    throw tooWide(start, what, "a signed integer of 64 bits");
  }

  /** Four bytes, little-endian. */
  public int fixed32(String what) throws WasmException {
    need(4, what);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (bytes[at + i] & 0xFF) << (8 * i);
    }
    at += 4;
    return value;
  }

  /** Eight bytes, little-endian. */
  public long fixed64(String what) throws WasmException {
    long low = Integer.toUnsignedLong(fixed32(what));
    return low | (long) fixed32(what) << 32;
  }

  /**
   * A length and as many bytes of strict UTF-8.
   *
   * @param what the name's role
   * @param maxBytes the most bytes that are allowed
   */
  public String name(String what, int maxBytes) throws WasmException {
    int length = count("bytes of " + what, maxBytes);
    int start = at;
    int invalid = Utf8.firstInvalid(bytes, start, start + length);
    if (invalid >= 0) {
      throw WasmException.malformed(
          invalid, what, "ill-formed UTF-8 (byte " + (bytes[invalid] & 0xFF) + ")", "UTF-8");
    }
    at += length;
    return Utf8.decode(bytes, start, start + length);
  }

  /** A copy of the next bytes. */
  public byte[] bytes(int length, String what) throws WasmException {
    need(length, what);
    byte[] copy = new byte[length];
    System.arraycopy(bytes, at, copy, 0, length);
    at += length;
    return copy;
  }

  /** Moves past some bytes. */
  public void skip(int length, String what) throws WasmException {
    need(length, what);
    at += length;
  }

  /** A reader of the next bytes only; this one moves past them. */
  public ByteReader sub(int length, String what) throws WasmException {
    need(length, what);
    ByteReader part = new ByteReader(bytes, at, at + length);
    at += length;
    return part;
  }

  /** Fails when bytes are left. */
  public void expectEnd(String what) throws WasmException {
    if (at != end) {
      throw WasmException.malformed(
          at, "end of " + what, (end - at) + " bytes more", "nothing after it");
    }
  }

  private void need(int length, String what) throws WasmException {
    if (length < 0 || length > end - at) {
      throw WasmException.malformed(
          at,
          what,
          (end - at) + " bytes left",
          "the " + Integer.toUnsignedString(length) + " bytes that it has");
    }
  }

  private WasmException ended(String what) {
    return WasmException.malformed(at, what, "the end of the bytes", "at least one byte more");
  }

  private static WasmException tooWide(int start, String what, String allowed) {
    return WasmException.malformed(start, what, "a number too long or too large", allowed);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the canonical encoding, refusing every byte that {@link CanonicalWriter} would not have
 * written: numbers longer than needed, flags other than 0 and 1, sets out of order, texts that are
 * not UTF-8, bytes left over.
 *
 * <p>A codec just calls and returns. The first bad byte leaves the whole {@link #decode} with a
 * {@link Decoded.Bad}; nothing is allocated for a length or count before it is checked against its
 * maximum and against the bytes that are left.
 */
public final class CanonicalReader {
  private static final int LEB_BITS = 7;
  private static final int LEB_MORE = 0x80;
  private static final int LEB_MASK = 0x7f;

  private final byte[] input;
  private int offset;
  private int depth;
  private String what = "value";

  private CanonicalReader(byte[] input) {
    this.input = input;
  }

  /** Reads one value that takes the whole input; never throws for what the bytes say. */
  public static <T> Decoded<T> decode(Bytes input, Function<CanonicalReader, T> body) {
    CanonicalReader reader = new CanonicalReader(input.array());
    try {
      T value = body.apply(reader);
      reader.end();
      return Decoded.ok(value);
    } catch (MalformedInput bad) {
      return new Decoded.Bad<>(bad.malformed());
    }
  }

  /** Names what is read next, for messages; the name stands until the next one. */
  public CanonicalReader at(String part) {
    what = part;
    return this;
  }

  /** Returns the offset of the next byte. */
  public int offset() {
    return offset;
  }

  /**
   * Returns what was read from an earlier {@link #offset} to here, without a copy.
   *
   * @throws IllegalArgumentException if the offset is not one of those
   */
  public Words since(int earlier) {
    return new ArrayWords(input, earlier, offset);
  }

  /** Returns the number of bytes not read yet. */
  public int remaining() {
    return input.length - offset;
  }

  /** Makes the refusal of what stands at the current offset: {@code throw reader.fail(…)}. */
  public MalformedInput fail(String part, String seen, String allowed) {
    return failAt(offset, part, seen, allowed);
  }

  private static MalformedInput failAt(int at, String part, String seen, String allowed) {
    return new MalformedInput(new Malformed(part, at, seen, allowed));
  }

  private void need(int count) {
    if (count > remaining()) {
      throw fail(what, remaining() + " bytes left", count + " bytes");
    }
  }

  private void end() {
    if (remaining() > 0) {
      throw fail("end of input", remaining() + " more bytes", "none");
    }
  }

  /** Reads one byte, 0 to 255. */
  public int u8() {
    need(1);
    return input[offset++] & 0xff;
  }

  /** Reads two bytes, big-endian. */
  public int u16() {
    need(2);
    return (u8() << 8) | u8();
  }

  /** Reads four bytes, big-endian, as 0 to 2^32 - 1. */
  public long u32() {
    return word() & 0xffff_ffffL;
  }

  /** Reads eight bytes, big-endian; above 2^63 - 1 the result is negative (unsigned). */
  public long u64() {
    need(8);
    long high = word();
    return (high << 32) | (word() & 0xffff_ffffL);
  }

  private int word() {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 8) | (input[offset++] & 0xff);
    }
    return value;
  }

  /** Reads the version byte of a structure, which must be {@code only}. */
  public void version(int only) {
    int start = offset;
    int seen = at("version").u8();
    if (seen != only) {
      throw failAt(start, what, Integer.toString(seen), Integer.toString(only));
    }
  }

  /** Reads one byte below {@code count}: the number of one of {@code count} alternatives. */
  public int choice(int count) {
    int start = offset;
    int seen = u8();
    if (seen >= count) {
      throw failAt(start, what, Integer.toString(seen), "0 to " + (count - 1));
    }
    return seen;
  }

  /** Reads a minimal LEB128 number; above 2^63 - 1 the result is negative (unsigned). */
  public long leb() {
    int start = offset;
    long value = 0;
    for (int i = 0; i < Limits.LEB_BYTES; i++) {
      int next = u8();
      if (i == Limits.LEB_BYTES - 1 && next > 1) {
        throw failAt(start, what, "a number above 64 bits", "64 bits");
      }
      value |= (long) (next & LEB_MASK) << (i * LEB_BITS);
      if (next < LEB_MORE) {
        checkMinimal(start, i, next);
        return value;
      }
    }
    throw failAt(start, what, "a number of more than 10 bytes", "64 bits");
  }

  /** Reads a minimal LEB128 number from {@code min} to {@code max}, both at least 0. */
  public long lebLong(long min, long max) {
    int start = offset;
    long value = leb();
    if (value < min || value > max) {
      throw failAt(start, what, Long.toUnsignedString(value), min + " to " + max);
    }
    return value;
  }

  /** Reads a minimal LEB128 number from 0 to {@code max}, without 64-bit arithmetic. */
  public int lebInt(int max) {
    int start = offset;
    int value = 0;
    for (int i = 0; i < 5; i++) {
      int next = u8();
      boolean fits = i < 4 || next <= 0x7;
      value |= (next & LEB_MASK) << (i * LEB_BITS);
      if (!fits || next < LEB_MORE) {
        checkMinimal(start, i, next);
        if (!fits || value > max) {
          throw failAt(start, what, fits ? Integer.toString(value) : "above 2^31", "0 to " + max);
        }
        return value;
      }
    }
    throw failAt(start, what, "above 2^31", "0 to " + max);
  }

  private void checkMinimal(int start, int index, int last) {
    if (index > 0 && last == 0) {
      throw failAt(start, what, "a number with a needless zero byte", "the shortest form");
    }
  }

  /** Reads exactly {@code size} bytes. */
  public Bytes fixed(int size) {
    need(size);
    Bytes value = Bytes.copyOf(input, offset, offset + size);
    offset += size;
    return value;
  }

  /** Reads a length of at most {@code max} and that many bytes. */
  public Bytes bytes(int max) {
    return fixed(lebInt(max));
  }

  /** Reads all bytes that are left, at most {@code max}. */
  public Bytes rest(int max) {
    if (remaining() > max) {
      throw fail(what, remaining() + " bytes", "at most " + max);
    }
    return fixed(remaining());
  }

  /** Reads a length of at most {@code maxBytes} and a text of that many bytes of UTF-8. */
  public String text(int maxBytes) {
    int length = lebInt(maxBytes);
    need(length);
    int bad = Utf8.firstInvalid(input, offset, offset + length);
    if (bad >= 0) {
      throw failAt(bad, what, "byte " + (input[bad] & 0xff), "UTF-8");
    }
    String value = Utf8.decodeValid(input, offset, offset + length);
    offset += length;
    return value;
  }

  /** Reads a yes or no: 1 or 0. */
  public boolean flag() {
    return choice(2) == 1;
  }

  /** Reads a flag and, if it is 1, a value. */
  public <T> Optional<T> optional(Codec<T> codec) {
    return flag() ? Optional.of(item(codec)) : Optional.empty();
  }

  /** Reads a count of at most {@code max} and that many values; the list cannot be changed. */
  public <T> List<T> list(int max, Codec<T> codec) {
    int count = count(max);
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(item(codec));
    }
    return List.copyOf(values);
  }

  /** Reads a count of at most {@code max} and that many values, their encodings ascending. */
  public <T> List<T> set(int max, Codec<T> codec) {
    int count = count(max);
    List<T> values = new ArrayList<>(count);
    int previous = offset;
    for (int i = 0; i < count; i++) {
      int start = offset;
      values.add(item(codec));
      checkAscending(i, previous, start, start);
      previous = start;
    }
    return List.copyOf(values);
  }

  /**
   * Reads a count of at most {@code max} and that many pairs, their keys' encodings ascending; the
   * map iterates in that order.
   */
  public <K, V> Map<K, V> map(int max, Codec<K> keys, Codec<V> items) {
    int count = count(max);
    Map<K, V> values = new LinkedHashMap<>();
    int previous = offset;
    int previousEnd = offset;
    for (int i = 0; i < count; i++) {
      int start = offset;
      K key = item(keys);
      checkAscending(i, previous, previousEnd, start);
      previous = start;
      previousEnd = offset;
      values.put(key, item(items));
    }
    return values;
  }

  private int count(int max) {
    int start = offset;
    int count = lebInt(max);
    if (count > remaining()) {
      throw failAt(start, what, count + " elements", "at most " + remaining() + ", a byte each");
    }
    return count;
  }

  /** Checks that the element from {@code start} to the offset sorts after the one before it. */
  private void checkAscending(int index, int previous, int previousEnd, int start) {
    if (index == 0) {
      return;
    }
    byte[] last = new byte[offset - start];
    System.arraycopy(input, start, last, 0, last.length);
    if (Bytes.compareRanges(input, previous, previousEnd, last, last.length) >= 0) {
      throw failAt(start, what, "an element not above the one before", "strictly ascending");
    }
  }

  private <T> T item(Codec<T> codec) {
    int before = offset;
    T value = nested(() -> codec.read(this));
    if (offset == before) {
      throw fail(what, "an element without bytes", "at least one byte");
    }
    return value;
  }

  /** Reads {@code body} one level deeper; more than {@link Limits#DEPTH} levels are refused. */
  public <T> T nested(Supplier<T> body) {
    if (depth >= Limits.DEPTH) {
      throw fail("depth", "more than " + Limits.DEPTH + " levels", "at most " + Limits.DEPTH);
    }
    depth++;
    T value = body.get();
    depth--;
    return value;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the canonical encoding ({@code docs/spec/encoding.md}): one byte string for each value.
 *
 * <p>Every method refuses, with {@code IllegalArgumentException}, what the reader would refuse to
 * read back with the same bounds. Single use, single thread.
 */
public final class CanonicalWriter implements Words {
  /** An array up to here costs little in a page. */
  private static final int FIRST_CAPACITY = 64;

  /** Room for most events and records, so that few of them are copied more often than once. */
  private static final int NEXT_CAPACITY = 256;

  private static final int LEB_BITS = 7;
  private static final int LEB_MORE = 0x80;
  private static final int LEB_MASK = 0x7f;

  private byte[] buffer;
  private int size;
  private int depth;

  /** Makes an empty writer. */
  public CanonicalWriter() {
    this(FIRST_CAPACITY);
  }

  /**
   * Makes an empty writer.
   *
   * @param expected about how many bytes will be written, 0 and above
   */
  public CanonicalWriter(int expected) {
    buffer = new byte[expected];
  }

  /** Returns what {@code body} wrote. */
  public static Bytes write(Consumer<CanonicalWriter> body) {
    return write(FIRST_CAPACITY, body);
  }

  /**
   * Returns what {@code body} wrote.
   *
   * @param expected about how many bytes, 0 and above: where it is right nothing is copied
   */
  public static Bytes write(int expected, Consumer<CanonicalWriter> body) {
    CanonicalWriter writer = new CanonicalWriter(expected);
    body.accept(writer);
    return writer.size == writer.buffer.length && writer.size > 0
        ? Bytes.adopt(writer.buffer)
        : writer.toBytes();
  }

  /** Returns the bytes written so far. */
  @Override
  public Bytes toBytes() {
    return Bytes.copyOf(buffer, 0, size);
  }

  @Override
  public void words(int from, int[] target) {
    ArrayWords.fill(buffer, from, size, target);
  }

  /** Returns the number of bytes written so far. */
  @Override
  public int size() {
    return size;
  }

  /** Writes one byte, 0 to 255. */
  public CanonicalWriter u8(int value) {
    check(value >= 0 && value <= 0xff, "u8", value);
    reserve(1);
    buffer[size++] = (byte) value;
    return this;
  }

  /** Writes two bytes, big-endian, 0 to 65,535. */
  public CanonicalWriter u16(int value) {
    check(value >= 0 && value <= 0xffff, "u16", value);
    return u8(value >> 8).u8(value & 0xff);
  }

  /** Writes four bytes, big-endian, 0 to 2^32 - 1. */
  public CanonicalWriter u32(long value) {
    check(value >= 0 && value <= 0xffff_ffffL, "u32", value);
    return word((int) value);
  }

  /** Writes eight bytes, big-endian; the value's 64 bits are taken as unsigned. */
  public CanonicalWriter u64(long value) {
    return word((int) (value >>> 32)).word((int) value);
  }

  private CanonicalWriter word(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >> shift);
    }
    return this;
  }

  /** Writes a number in minimal LEB128; the value's 64 bits are taken as unsigned. */
  public CanonicalWriter leb(long value) {
    reserve(Limits.LEB_BYTES);
    long rest = value;
    while ((rest & ~LEB_MASK) != 0) {
      buffer[size++] = (byte) (((int) rest & LEB_MASK) | LEB_MORE);
      rest >>>= LEB_BITS;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  /** Writes a number from 0 to {@code max} in minimal LEB128. */
  public CanonicalWriter lebInt(int value, int max) {
    if (value < 0 || value > max) {
      check(false, "number up to " + max, value);
    }
    reserve(lebBytes(value));
    int rest = value;
    while (rest > LEB_MASK) {
      buffer[size++] = (byte) ((rest & LEB_MASK) | LEB_MORE);
      rest >>>= LEB_BITS;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  /** Returns how many bytes a number takes in LEB128, 0 and above. */
  public static int lebBytes(int value) {
    int bytes = 1;
    for (int rest = value >>> LEB_BITS; rest != 0; rest >>>= LEB_BITS) {
      bytes++;
    }
    return bytes;
  }

  /** Writes the bytes as they are, without a length: their size is known to the reader. */
  public CanonicalWriter fixed(Bytes value) {
    reserve(value.size());
    System.arraycopy(value.array(), 0, buffer, size, value.size());
    size += value.size();
    return this;
  }

  /** Writes at most {@code max} bytes, after their length in LEB128. */
  public CanonicalWriter bytes(Bytes value, int max) {
    return lebInt(value.size(), max).fixed(value);
  }

  /** Writes a text of at most {@code maxBytes} bytes of UTF-8, after their length in LEB128. */
  public CanonicalWriter text(String value, int maxBytes) {
    return bytes(Utf8.encode(value), maxBytes);
  }

  /** Writes a yes or no as 1 or 0. */
  public CanonicalWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Writes a flag and, if present, the value. */
  public <T> CanonicalWriter optional(Optional<T> value, Codec<T> codec) {
    flag(value.isPresent());
    value.ifPresent(present -> item(present, codec));
    return this;
  }

  /** Writes at most {@code max} values in the given order, after their count in LEB128. */
  public <T> CanonicalWriter list(List<T> values, int max, Codec<T> codec) {
    lebInt(values.size(), max);
    for (T value : values) {
      item(value, codec);
    }
    return this;
  }

  /**
   * Writes at most {@code max} values in ascending order of their encodings, whatever order they
   * are given in; two equal ones are refused.
   */
  public <T> CanonicalWriter set(Collection<T> values, int max, Codec<T> codec) {
    if (values.size() <= 1) {
      lebInt(values.size(), max);
      values.forEach(value -> item(value, codec));
      return this;
    }
    List<Bytes> encoded = new ArrayList<>(values.size());
    for (T value : values) {
      encoded.add(encodeApart(value, codec));
    }
    encoded.sort(null);
    lebInt(encoded.size(), max);
    for (int i = 0; i < encoded.size(); i++) {
      check(i == 0 || !encoded.get(i).equals(encoded.get(i - 1)), "equal elements of a set", i);
      fixed(encoded.get(i));
    }
    return this;
  }

  /** Writes at most {@code max} pairs in ascending order of their keys' encodings. */
  public <K, V> CanonicalWriter map(Map<K, V> values, int max, Codec<K> keys, Codec<V> items) {
    List<Map.Entry<Bytes, Bytes>> encoded = new ArrayList<>(values.size());
    for (Map.Entry<K, V> entry : values.entrySet()) {
      encoded.add(
          Map.entry(encodeApart(entry.getKey(), keys), encodeApart(entry.getValue(), items)));
    }
    encoded.sort((a, b) -> a.getKey().compareTo(b.getKey()));
    lebInt(encoded.size(), max);
    for (int i = 0; i < encoded.size(); i++) {
      Bytes key = encoded.get(i).getKey();
      check(i == 0 || !key.equals(encoded.get(i - 1).getKey()), "equal keys of a map", i);
      fixed(key).fixed(encoded.get(i).getValue());
    }
    return this;
  }

  private <T> Bytes encodeApart(T value, Codec<T> codec) {
    CanonicalWriter apart = new CanonicalWriter();
    apart.depth = depth;
    apart.item(value, codec);
    return apart.toBytes();
  }

  private <T> void item(T value, Codec<T> codec) {
    int before = size;
    nested(() -> codec.write(this, value));
    check(size > before, "an element without bytes", 0);
  }

  /** Runs {@code body} one level deeper; more than {@link Limits#DEPTH} levels are refused. */
  public CanonicalWriter nested(Runnable body) {
    check(depth < Limits.DEPTH, "depth", depth + 1L);
    depth++;
    body.run();
    depth--;
    return this;
  }

  private void reserve(int more) {
    long wanted = (long) size + more;
    if (wanted <= buffer.length) {
      return;
    }
    check(wanted <= Integer.MAX_VALUE, "encoded size", wanted);
    long roomy = Math.max(NEXT_CAPACITY, size * 2L);
    byte[] larger = new byte[(int) Math.min(Integer.MAX_VALUE, Math.max(wanted, roomy))];
    System.arraycopy(buffer, 0, larger, 0, size);
    buffer = larger;
  }

  private static void check(boolean good, String what, long seen) {
    if (!good) {
      throw new IllegalArgumentException("not encodable: " + what + ", seen " + seen);
    }
  }
}

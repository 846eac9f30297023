// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The one canonical form of a type: {@code read} refuses every byte string that {@code write} would
 * not have written.
 *
 * @param <T> the type
 */
public interface Codec<T> {
  /**
   * Appends the value.
   *
   * @throws IllegalArgumentException if the value is outside what its form allows
   */
  void write(CanonicalWriter writer, T value);

  /**
   * Reads one value, leaving the reader behind it. Bad bytes abort the whole decode; rules of the
   * type itself are enforced with {@code throw reader.fail(…)} before its constructor is called.
   */
  T read(CanonicalReader reader);

  /** Returns the value's bytes. */
  default Bytes encode(T value) {
    return CanonicalWriter.write(writer -> write(writer, value));
  }

  /** Reads a value that takes the whole input; never throws for what the bytes say. */
  default Decoded<T> decode(Bytes input) {
    return CanonicalReader.decode(input, this::read);
  }

  /** Returns a codec of two functions. */
  static <T> Codec<T> of(
      BiConsumer<CanonicalWriter, T> writer, Function<CanonicalReader, T> reader) {
    return new Codec<>() {
      @Override
      public void write(CanonicalWriter target, T value) {
        writer.accept(target, value);
      }

      @Override
      public T read(CanonicalReader source) {
        return reader.apply(source);
      }
    };
  }

  /** Returns a codec for byte strings of one size, written as they are, without a length. */
  static Codec<Bytes> fixed(int size) {
    return of(
        (writer, value) -> {
          if (value.size() != size) {
            throw new IllegalArgumentException(value.size() + " bytes, allowed " + size);
          }
          writer.fixed(value);
        },
        reader -> reader.fixed(size));
  }

  /** Returns a codec for byte strings of at most {@code max} bytes, with their length. */
  static Codec<Bytes> bytes(int max) {
    return of((writer, value) -> writer.bytes(value, max), reader -> reader.bytes(max));
  }

  /** Returns a codec for texts of at most {@code maxBytes} bytes of UTF-8, with their length. */
  static Codec<String> text(int maxBytes) {
    return of((writer, value) -> writer.text(value, maxBytes), reader -> reader.text(maxBytes));
  }

  /**
   * Returns a codec for a closed set of alternatives, written as one byte: the index in the list,
   * which is part of the format and not an enum's order in its source.
   *
   * @param byNumber all alternatives, at most 256
   */
  static <T> Codec<T> choice(List<T> byNumber) {
    List<T> all = List.copyOf(byNumber);
    return of(
        (writer, value) -> writer.u8(all.indexOf(value)),
        reader -> all.get(reader.choice(all.size())));
  }

  /** Returns a codec that is this one seen through two functions that undo each other. */
  default <U> Codec<U> as(
      Function<? super T, ? extends U> wrap, Function<? super U, ? extends T> unwrap) {
    return of(
        (writer, value) -> write(writer, unwrap.apply(value)), reader -> wrap.apply(read(reader)));
  }
}

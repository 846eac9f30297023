// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

import java.util.function.Function;

/**
 * The result of reading bytes or text from outside: a value, or why there is none.
 *
 * @param <T> the value's type
 */
public sealed interface Decoded<T> {
  /**
   * The input was canonical.
   *
   * @param value what it says
   * @param <T> the value's type
   */
  record Ok<T>(T value) implements Decoded<T> {}

  /**
   * The input was refused.
   *
   * @param malformed where and why
   * @param <T> the type of the value that there is not
   */
  record Bad<T>(Malformed malformed) implements Decoded<T> {}

  /** Returns a good result. */
  static <T> Decoded<T> ok(T value) {
    return new Ok<>(value);
  }

  /** Returns a refusal; the parameters are those of {@link Malformed}. */
  static <T> Decoded<T> bad(String what, long offset, String seen, String allowed) {
    return new Bad<>(new Malformed(what, offset, seen, allowed));
  }

  /** Returns whether there is a value. */
  default boolean isOk() {
    return this instanceof Ok<T>;
  }

  /**
   * Returns the value of input that we wrote ourselves.
   *
   * @throws IllegalStateException if there is none
   */
  default T orThrow() {
    return switch (this) {
      case Ok<T>(T value) -> value;
      case Bad<T>(Malformed malformed) -> throw new IllegalStateException(malformed.message());
    };
  }

  /** Returns the result with its value, if any, replaced. */
  default <U> Decoded<U> map(Function<? super T, ? extends U> change) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(change.apply(value));
      case Bad<T>(Malformed malformed) -> new Bad<>(malformed);
    };
  }

  /** Returns what {@code next} makes of the value, or this refusal. */
  default <U> Decoded<U> then(Function<? super T, Decoded<U>> next) {
    return switch (this) {
      case Ok<T>(T value) -> next.apply(value);
      case Bad<T>(Malformed malformed) -> new Bad<>(malformed);
    };
  }
}

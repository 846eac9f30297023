// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

/**
 * What became of bytes from outside: a value or a typed error, never an exception.
 *
 * @param <T> the value
 */
public sealed interface WasmResult<T> {
  /**
   * The value.
   *
   * @param value what was read
   * @param <T> its type
   */
  record Ok<T>(T value) implements WasmResult<T> {}

  /**
   * The error.
   *
   * @param error what was wrong
   * @param <T> the type that the value would have had
   */
  record Failed<T>(WasmError error) implements WasmResult<T> {}

  /**
   * Work that may find its input wrong.
   *
   * @param <T> what it makes
   */
  @FunctionalInterface
  interface Work<T> {
    /** Runs. */
    T run() throws WasmException;
  }

  /**
   * Runs the work and turns its one exception into a value.
   *
   * @param work what to run
   * @param <T> what it makes
   */
  static <T> WasmResult<T> of(Work<T> work) {
    try {
      return new Ok<>(work.run());
    } catch (WasmException e) {
      return new Failed<>(e.error());
    }
  }

  /** The value, or the error as the checked exception: for decoders that call decoders. */
  default T orThrow() throws WasmException {
    return switch (this) {
      case Ok<T>(T value) -> value;
      case Failed<T>(WasmError error) -> throw new WasmException(error);
    };
  }
}

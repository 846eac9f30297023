// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

/**
 * What became of reading or writing a text.
 *
 * @param <T> what was wanted
 */
public sealed interface WaveResult<T> {
  /**
   * It went well.
   *
   * @param value what was wanted
   * @param <T> its type
   */
  record Ok<T>(T value) implements WaveResult<T> {}

  /**
   * It did not.
   *
   * @param error why
   * @param <T> the type that the value would have had
   */
  record Failed<T>(WaveError error) implements WaveResult<T> {}
}

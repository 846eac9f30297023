// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import org.myrhiza.wasm.link.TrapKind;

/**
 * What a guest answered to a question outside of consensus.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {
  /**
   * The answer.
   *
   * @param value the answer
   * @param fuel used
   * @param <T> what was asked for
   */
  record Ok<T>(T value, long fuel) implements Answer<T> {}

  /**
   * The guest said why not, or its answer is out of bounds.
   *
   * @param reason for people
   * @param <T> what was asked for
   */
  record Refused<T>(String reason) implements Answer<T> {}

  /**
   * The guest did what it must not.
   *
   * @param kind what
   * @param <T> what was asked for
   */
  record Stopped<T>(TrapKind kind) implements Answer<T> {}

  /**
   * The budget did not suffice.
   *
   * @param <T> what was asked for
   */
  record OutOfFuel<T>() implements Answer<T> {}

  /**
   * The host could not go on.
   *
   * @param reason for a log
   * @param <T> what was asked for
   */
  record HostFailure<T>(String reason) implements Answer<T> {}
}

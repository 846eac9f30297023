// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.value.Value;

/** How a call of an exported function ended. */
public sealed interface CallResult {
  /**
   * It returned, post-return included.
   *
   * @param value the result, or null for a function without one
   * @param fuel what the call used
   */
  record Returned(@Nullable Value value, long fuel) implements CallResult {}

  /**
   * A host function ended the call on purpose ({@link HostCall#reject}).
   *
   * @param reason as the host function said
   */
  record Rejected(String reason) implements CallResult {}

  /**
   * The guest did what it must not. The whole budget counts as used.
   *
   * @param kind what
   */
  record Trapped(TrapKind kind) implements CallResult {}

  /** The budget did not suffice. */
  record OutOfFuel() implements CallResult {}

  /**
   * The host could not go on. Never a verdict about the guest.
   *
   * @param reason for a log; never part of a protocol
   */
  record HostFailure(String reason) implements CallResult {}
}

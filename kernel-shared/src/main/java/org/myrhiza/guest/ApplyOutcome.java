// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import org.myrhiza.wasm.link.TrapKind;

/** How an apply ended. The first two and out-of-fuel and traps are verdicts; a failure is not. */
public sealed interface ApplyOutcome {
  /**
   * The writes count.
   *
   * @param fuel used
   */
  record Accepted(long fuel) implements ApplyOutcome {}

  /**
   * The app said no, or a limit of the state was passed.
   *
   * @param reason for people
   * @param fuel used
   */
  record Rejected(String reason, long fuel) implements ApplyOutcome {}

  /**
   * The guest did what it must not; the whole budget is charged.
   *
   * @param kind what
   */
  record Trapped(TrapKind kind) implements ApplyOutcome {}

  /** The budget did not suffice. */
  record OutOfFuel() implements ApplyOutcome {}

  /**
   * The host could not go on. Never a verdict: try again later.
   *
   * @param reason for a log
   */
  record HostFailure(String reason) implements ApplyOutcome {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** How a call into a core function ended. The kinds are the same on every engine. */
public sealed interface CallOutcome {
  /** The function returned; its results are in the caller's array. */
  record Returned() implements CallOutcome {}

  /**
   * An instruction of the guest trapped. Which one is not told: browsers do not say. Exhausted
   * accounts arrive here too; the bridge reads them from their globals.
   */
  record Trapped() implements CallOutcome {}

  /**
   * The guest's frames took all of the native stack. Metered code never comes so far on a thread
   * with the stack that {@link org.myrhiza.wasm.link.StackProbe} asks for.
   */
  record Exhausted() implements CallOutcome {}

  /** A host function answered {@link HostSignal#ABORT}; whoever wrote it knows why. */
  record Aborted() implements CallOutcome {}

  /**
   * The host could not go on (memory, a bug of an adapter). Never a verdict about the guest.
   *
   * @param reason for a log, in words; never part of a protocol
   */
  record Failed(String reason) implements CallOutcome {}

  /** The one value of {@link Returned}. */
  Returned RETURNED = new Returned();

  /** The one value of {@link Trapped}. */
  Trapped TRAPPED = new Trapped();

  /** The one value of {@link Exhausted}. */
  Exhausted EXHAUSTED = new Exhausted();

  /** The one value of {@link Aborted}. */
  Aborted ABORTED = new Aborted();
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** A core function: an instance's export, or a host function. */
public non-sealed interface CoreFunction extends CoreExtern {
  /**
   * Calls the function and returns when it ended. Calls may nest: a host function may call back
   * into the guest (for {@code realloc}).
   *
   * @param arguments one slot for each parameter, of its kind; read before anything runs
   * @param results one slot for each result, of its kind; unspecified unless the outcome is {@link
   *     CallOutcome.Returned}
   * @return how the call ended; a call never throws
   */
  CallOutcome call(Slots arguments, Slots results);
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/**
 * Host code behind a core function.
 *
 * <p>It must not throw: it reports through its own context and answers {@link HostSignal#ABORT}. An
 * engine treats an exception all the same as a host failure ({@link CallOutcome.Failed}).
 */
@FunctionalInterface
public interface HostFunction {
  /**
   * Runs the function. Both sets of slots belong to the engine and serve every call of this
   * function: what is needed of the arguments must be read before any guest is called, for that
   * might come here again, and the results written after.
   *
   * @param arguments the guest's arguments
   * @param results where results go
   * @return whether to return to the guest or to abort
   */
  HostSignal call(Slots arguments, Slots results);
}

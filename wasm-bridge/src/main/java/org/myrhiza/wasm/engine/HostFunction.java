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
   * Runs the function.
   *
   * @param arguments the guest's arguments from index 0; the array may be longer, and is the
   *     engine's: not to be kept
   * @param results where results go from index 0
   * @return whether to return to the guest or to abort
   */
  HostSignal call(long[] arguments, long[] results);
}

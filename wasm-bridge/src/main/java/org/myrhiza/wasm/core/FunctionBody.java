// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.List;

/**
 * The code of a function.
 *
 * @param locals the declared locals, in runs of one type
 * @param localCount how many locals these are together
 * @param from the offset of the first instruction in the module's bytes
 * @param to the offset after the final {@code end}
 */
public record FunctionBody(List<LocalRun> locals, int localCount, int from, int to) {
  /** Copies the list. */
  public FunctionBody {
    locals = List.copyOf(locals);
  }

  /**
   * Some locals of one type.
   *
   * @param count how many
   * @param type of which type
   */
  public record LocalRun(int count, ValueType type) {}
}

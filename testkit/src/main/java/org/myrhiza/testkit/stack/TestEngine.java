// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.stack;

import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;

/** A platform's engine with its way of preparing code, which is synchronous here. */
public interface TestEngine {
  /**
   * The engine.
   *
   * @return the same one each time
   */
  Engine engine();

  /**
   * Makes code ready to be instantiated; fails the calling test if the engine does not take it.
   *
   * @param hash its name
   * @param code a rewritten core module
   */
  void prepare(ModuleHash hash, byte[] code);
}

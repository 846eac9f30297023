// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

import java.util.Optional;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.ModuleHash;

/** A platform's engine with its way of taking code at once. */
public interface ToolEngine extends TestEngine {
  /**
   * Makes code ready to be instantiated.
   *
   * @param hash its name
   * @param code a rewritten core module
   * @return empty, or why the engine does not take it
   */
  Optional<String> refusal(ModuleHash hash, byte[] code);

  @Override
  default void prepare(ModuleHash hash, byte[] code) {
    refusal(hash, code)
        .ifPresent(reason -> {
          throw new AssertionError("the engine does not take module " + hash.hex() + ": " + reason);
        });
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm;

import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.ModuleHash;

/** Chicory for suites; surefire gives the test thread the stack that guests are metered for. */
public record ChicoryTestEngine(ChicoryEngine engine) implements TestEngine {
  @Override
  public void prepare(ModuleHash hash, byte[] code) {
    if (engine.prepare(hash, code) instanceof Preparation.Refused(String reason)) {
      throw new AssertionError("the engine does not take module " + hash + ": " + reason);
    }
  }
}

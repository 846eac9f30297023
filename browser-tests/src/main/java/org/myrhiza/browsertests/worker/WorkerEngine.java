// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import org.myrhiza.browser.engine.BrowserEngine;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.ModuleHash;

/** The browser's WebAssembly for suites, compiling at once as a worker may. */
record WorkerEngine(BrowserEngine engine) implements TestEngine {
  @Override
  public void prepare(ModuleHash hash, byte[] code) {
    var refused = engine.prepareNow(hash, Bytes.copyOf(code));
    if (refused.isPresent()) {
      throw new AssertionError(
          "the engine does not take module " + hash.hex() + ": " + refused.get());
    }
  }
}

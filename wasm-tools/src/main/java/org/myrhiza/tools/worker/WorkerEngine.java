// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.worker;

import java.util.Optional;
import org.myrhiza.browser.engine.BrowserEngine;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.tools.run.ToolEngine;
import org.myrhiza.wasm.engine.ModuleHash;

/**
 * The browser's WebAssembly, compiling at once as a worker may.
 *
 * @param engine what the product's worker runs guests on
 */
public record WorkerEngine(BrowserEngine engine) implements ToolEngine {
  @Override
  public Optional<String> refusal(ModuleHash hash, byte[] code) {
    return engine.prepareNow(hash, Bytes.copyOf(code));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.util.Optional;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.tools.run.ToolEngine;
import org.myrhiza.wasm.engine.ModuleHash;

/** Chicory as the tools use it. */
record Chicory(ChicoryEngine engine) implements ToolEngine {
  @Override
  public Optional<String> refusal(ModuleHash hash, byte[] code) {
    return engine.prepare(hash, code) instanceof Preparation.Refused(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }
}

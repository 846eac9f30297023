// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.StackProbe;

/** Whether guests may run: to be asked once, before the first of them, on the thread they get. */
public final class Readiness {
  private Readiness() {}

  /**
   * Probes the stack.
   *
   * @param engine the engine that is to run guests
   * @return empty, or what to tell the user: no guest may run here
   */
  public static Optional<String> lack(ToolEngine engine) {
    List<ModuleHash> hashes = new ArrayList<>();
    for (byte[] module : StackProbe.modules()) {
      ModuleHash hash = new ModuleHash(Blake3.hash(Bytes.copyOf(module)).toHex());
      Optional<String> refusal = engine.refusal(hash, module);
      if (refusal.isPresent()) {
        return Optional.of("the engine does not take the stack probe: " + refusal.get());
      }
      hashes.add(hash);
    }
    return StackProbe.run(engine.engine(), hashes) instanceof StackProbe.Finding.Insufficient lack
        ? Optional.of(lack.message())
        : Optional.empty();
  }
}

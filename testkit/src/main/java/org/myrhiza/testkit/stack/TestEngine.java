// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.stack;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;

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

  /**
   * Prepares code under its BLAKE3 hash, as peers do.
   *
   * @param code a rewritten core module
   * @return its name
   */
  default ModuleHash prepare(byte[] code) {
    ModuleHash hash = new ModuleHash(Blake3.hash(Bytes.copyOf(code)).toHex());
    prepare(hash, code);
    return hash;
  }

  /**
   * Prepares all modules of a component.
   *
   * @param blueprint the component
   * @return their names, in their order
   */
  default List<ModuleHash> prepare(Blueprint blueprint) {
    return blueprint.modules().stream().map(module -> prepare(module.bytes())).toList();
  }
}

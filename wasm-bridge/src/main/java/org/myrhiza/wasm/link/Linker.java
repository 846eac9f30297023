// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.component.ValidComponent;
import org.myrhiza.wasm.core.FeatureSet;

/**
 * Resolves a component into a {@link Blueprint}. All of a component is known before it runs, except
 * what its host gives; so its definitions are evaluated once for every instance, nested components
 * included, and what is left is a list of core instances to make and of functions to call.
 */
public final class Linker {
  private Linker() {}

  /**
   * Decodes, validates, rewrites and links.
   *
   * @param bytes the component; not changed and not kept
   * @param set what its core modules may use
   * @return the plan, or why there is none
   */
  public static WasmResult<Blueprint> link(byte[] bytes, FeatureSet set) {
    return switch (ComponentValidator.validate(bytes, set)) {
      case WasmResult.Failed<ValidComponent> f -> new WasmResult.Failed<>(f.error());
      case WasmResult.Ok<ValidComponent> ok ->
          WasmResult.of(() -> new Evaluation(ok.value(), set).root());
    };
  }
}

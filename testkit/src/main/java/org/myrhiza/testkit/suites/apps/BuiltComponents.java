// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.apps;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.Component;
import org.myrhiza.wasm.component.ComponentDecoder;
import org.myrhiza.wasm.component.Definition;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;

/** What a built component says of itself. */
final class BuiltComponents {
  private BuiltComponents() {}

  /** The interfaces that it imports, by full name, in its own order. */
  static List<String> imports(Bytes bytes) {
    List<String> names = new ArrayList<>();
    for (Definition definition : decode(bytes).definitions()) {
      if (definition instanceof Definition.Import named && named.name().text().indexOf(':') >= 0) {
        names.add(named.name().text());
      }
    }
    return names;
  }

  /** Why its core modules are refused; empty when all of them are accepted. */
  static List<String> refusals(Bytes bytes, FeatureSet set) {
    byte[] array = bytes.toArray();
    List<String> refusals = new ArrayList<>();
    for (Definition definition : decode(bytes).definitions()) {
      if (definition instanceof Definition.CoreModule module
          && CoreModules.decode(array, module.offset(), module.end(), set)
              instanceof WasmResult.Failed<CoreModule>(WasmError error)) {
        refusals.add(error.message());
      }
    }
    return refusals;
  }

  private static Component decode(Bytes bytes) {
    return switch (ComponentDecoder.decode(bytes.toArray())) {
      case WasmResult.Ok<Component>(Component component) -> component;
      case WasmResult.Failed<Component>(WasmError error) -> fail(error.message());
    };
  }
}

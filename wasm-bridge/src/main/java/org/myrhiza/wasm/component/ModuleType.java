// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.ModuleExport;
import org.myrhiza.wasm.core.ModuleImport;

/**
 * What a core module imports and exports.
 *
 * @param imports by both their names
 * @param exports by name
 */
public record ModuleType(Map<Wanted, ExternType> imports, Map<String, ExternType> exports)
    implements CoreType {
  /** Copies both. */
  public ModuleType {
    imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
    exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
  }

  /** Both names of an import. */
  public record Wanted(String module, String name) {
    @Override
    public String toString() {
      return module + " " + name;
    }
  }

  /** The type of a module. */
  public static ModuleType of(CoreModule module) {
    Map<Wanted, ExternType> imports = new LinkedHashMap<>();
    for (ModuleImport each : module.imports()) {
      imports.put(new Wanted(each.module(), each.name()), each.type());
    }
    Map<String, ExternType> exports = new LinkedHashMap<>();
    for (ModuleExport each : module.exports()) {
      exports.put(each.name(), each.type());
    }
    return new ModuleType(imports, exports);
  }
}

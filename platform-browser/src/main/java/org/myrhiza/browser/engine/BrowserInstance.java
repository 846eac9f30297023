// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreInstance;
import org.teavm.jso.JSObject;

/** A {@code WebAssembly.Instance} with the externs that were asked for. */
final class BrowserInstance implements CoreInstance {
  private static final int NONE = 0;
  private static final int FUNCTION = 1;
  private static final int MEMORY = 2;
  private static final int TABLE = 3;
  private static final int TAG = 5;

  private final JSObject instance;
  private final TreeMap<String, CoreExtern> asked = new TreeMap<>();

  BrowserInstance(JSObject instance) {
    this.instance = instance;
  }

  @Override
  public @Nullable CoreExtern export(String name) {
    CoreExtern known = asked.get(name);
    if (known != null) {
      return known;
    }
    int kind = EngineJs.kindOf(instance, name);
    if (kind == NONE) {
      return null;
    }
    CoreExtern extern = wrap(kind, EngineJs.exportOf(instance, name), name);
    asked.put(name, extern);
    return extern;
  }

  private CoreExtern wrap(int kind, JSObject value, String name) {
    return switch (kind) {
      case FUNCTION -> new BrowserFunction(EngineJs.functionOf(instance, name));
      case MEMORY -> new BrowserMemory(value);
      case TABLE -> new BrowserTable(value);
      case TAG -> new BrowserTag(value);
      default -> new BrowserGlobal(value, EngineJs.resultsOf(instance, name));
    };
  }
}

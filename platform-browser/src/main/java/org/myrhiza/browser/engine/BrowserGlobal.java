// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CoreGlobal;
import org.teavm.jso.JSObject;

/** A {@code WebAssembly.Global}. */
final class BrowserGlobal implements CoreGlobal, Externs.HasHandle {
  private final JSObject handle;
  private final String kind;

  BrowserGlobal(JSObject handle, String kind) {
    this.handle = handle;
    this.kind = kind;
  }

  @Override
  public long get() {
    return EngineJs.globalGet(handle, kind);
  }

  @Override
  public void set(long value) {
    EngineJs.globalSet(handle, kind, value);
  }

  @Override
  public JSObject handle() {
    return handle;
  }
}

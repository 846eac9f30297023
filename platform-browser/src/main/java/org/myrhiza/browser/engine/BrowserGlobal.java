// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CoreGlobal;
import org.teavm.jso.JSObject;

/** A {@code WebAssembly.Global}. Integers take a way of their own, without a letter to look at. */
final class BrowserGlobal implements CoreGlobal, Externs.HasHandle {
  private final JSObject handle;
  private final String kind;
  private final boolean isLong;
  private final boolean isInt;

  BrowserGlobal(JSObject handle, String kind) {
    this.handle = handle;
    this.kind = kind;
    this.isLong = kind.equals(Kinds.I64);
    this.isInt = kind.equals(Kinds.I32);
  }

  @Override
  public long get() {
    if (isLong) {
      return EngineJs.globalGetLong(handle);
    }
    return isInt ? EngineJs.globalGetInt(handle) : EngineJs.globalGet(handle, kind);
  }

  @Override
  public void set(long value) {
    if (isLong) {
      EngineJs.globalSetLong(handle, value);
    } else if (isInt) {
      EngineJs.globalSetInt(handle, (int) value);
    } else {
      EngineJs.globalSet(handle, kind, value);
    }
  }

  @Override
  public void setSmall(int value) {
    if (isInt) {
      EngineJs.globalSetInt(handle, value);
    } else {
      set(value);
    }
  }

  @Override
  public JSObject handle() {
    return handle;
  }
}

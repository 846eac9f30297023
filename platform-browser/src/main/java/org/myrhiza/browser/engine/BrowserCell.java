// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CoreGlobal;
import org.teavm.jso.JSObject;

/** An integer global that the host made: what it does with it most goes without a BigInt. */
final class BrowserCell implements CoreGlobal, Externs.HasHandle {
  private final JSObject cell;
  private final BrowserGlobal whole;

  private BrowserCell(JSObject cell, String kind) {
    this.cell = cell;
    this.whole = new BrowserGlobal(EngineJs.cellGlobal(cell), kind);
  }

  /** A global of i32 or i64. */
  static BrowserCell of(String kind, long initial) {
    BrowserCell made = new BrowserCell(EngineJs.newCell(kind), kind);
    made.set(initial);
    return made;
  }

  @Override
  public long get() {
    return whole.get();
  }

  @Override
  public void set(long value) {
    whole.set(value);
  }

  @Override
  public int low() {
    return EngineJs.cellLow(cell);
  }

  @Override
  public int high() {
    return EngineJs.cellHigh(cell);
  }

  @Override
  public void setSmall(int value) {
    EngineJs.cellSet(cell, value);
  }

  @Override
  public JSObject handle() {
    return whole.handle();
  }
}

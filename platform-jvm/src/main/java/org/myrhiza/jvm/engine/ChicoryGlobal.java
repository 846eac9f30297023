// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.GlobalInstance;
import org.myrhiza.wasm.engine.CoreGlobal;

/** A global. */
record ChicoryGlobal(GlobalInstance global) implements CoreGlobal {
  @Override
  public long get() {
    return global.getValue();
  }

  @Override
  public void set(long value) {
    global.setValue(value);
  }
}

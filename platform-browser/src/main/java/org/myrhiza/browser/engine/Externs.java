// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CoreExtern;
import org.teavm.jso.JSObject;

/** The JavaScript objects behind externs of this engine. */
final class Externs {
  private Externs() {}

  /**
   * Returns the object behind an extern.
   *
   * @throws IllegalArgumentException if another engine made it
   */
  static JSObject handle(CoreExtern extern) {
    if (extern instanceof HasHandle ours) {
      return ours.handle();
    }
    throw new IllegalArgumentException("an extern of another engine");
  }

  /** Something with a JavaScript object behind it. */
  interface HasHandle {
    JSObject handle();
  }
}

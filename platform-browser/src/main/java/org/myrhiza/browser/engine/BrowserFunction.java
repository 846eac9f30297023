// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.HostSignal;
import org.teavm.jso.JSObject;

/** A function of a guest, or host code that a guest imports. */
final class BrowserFunction implements CoreFunction, Externs.HasHandle {
  private final JSObject callee;

  /** {@code callee} is what {@code engine.js} makes of a function and its type. */
  BrowserFunction(JSObject callee) {
    this.callee = callee;
  }

  static BrowserFunction host(CoreSignature signature, HostFunction body) {
    return new BrowserFunction(
        EngineJs.hostFunction(
            Kinds.letters(signature.params()),
            Kinds.letters(signature.results()),
            (args, out) ->
                body.call(args.toJavaArray(), out.toJavaArray()) == HostSignal.RETURN ? 0 : 1));
  }

  @Override
  public CallOutcome call(long[] arguments, long[] into) {
    return Outcomes.of(EngineJs.call(callee, arguments, into));
  }

  @Override
  public JSObject handle() {
    return EngineJs.handleOf(callee);
  }
}

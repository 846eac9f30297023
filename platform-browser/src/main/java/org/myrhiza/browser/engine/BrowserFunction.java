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
  private final JSObject handle;
  private final String params;
  private final String results;

  BrowserFunction(JSObject handle, String params, String results) {
    this.handle = handle;
    this.params = params;
    this.results = results;
  }

  static BrowserFunction host(CoreSignature signature, HostFunction body) {
    String params = Kinds.letters(signature.params());
    String results = Kinds.letters(signature.results());
    JSObject handle =
        EngineJs.hostFunction(
            params,
            results,
            (args, out) ->
                body.call(args.toJavaArray(), out.toJavaArray()) == HostSignal.RETURN ? 0 : 1);
    return new BrowserFunction(handle, params, results);
  }

  @Override
  public CallOutcome call(long[] arguments, long[] into) {
    return Outcomes.of(EngineJs.call(handle, params, results, arguments, into));
  }

  @Override
  public JSObject handle() {
    return handle;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import java.util.List;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.HostSignal;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;
import org.teavm.jso.JSObject;

/** A function of a guest, or host code that a guest imports. */
final class BrowserFunction implements CoreFunction, Externs.HasHandle {
  private final JSObject callee;

  /** {@code callee} is what {@code engine.js} makes of a function and its type. */
  BrowserFunction(JSObject callee) {
    this.callee = callee;
  }

  static BrowserFunction host(CoreSignature signature, HostFunction body) {
    Slots arguments = Slots.of(signature.params());
    Slots results = Slots.of(signature.results());
    return new BrowserFunction(
        EngineJs.hostFunction(
            slots(signature.params(), arguments),
            slots(signature.results(), results),
            () -> body.call(arguments, results) == HostSignal.RETURN ? 0 : 1));
  }

  private static JSObject slots(List<ValueKind> kinds, Slots slots) {
    return EngineJs.slots(Kinds.letters(kinds), slots.ints(), slots.longs());
  }

  @Override
  public CallOutcome call(Slots arguments, Slots into) {
    return Outcomes.of(
        EngineJs.call(callee, arguments.ints(), arguments.longs(), into.ints(), into.longs()));
  }

  @Override
  public JSObject handle() {
    return EngineJs.handleOf(callee);
  }
}

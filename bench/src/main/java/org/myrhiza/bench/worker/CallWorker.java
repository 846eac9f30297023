// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.worker;

import org.myrhiza.bench.calls.CounterCalls;
import org.myrhiza.browser.engine.BrowserEngine;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.js.ThreadJs;
import org.myrhiza.browser.keys.Sodium;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.BundleVerdict;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.instance.App;
import org.myrhiza.kernel.Admission;
import org.myrhiza.wasm.engine.ModuleHash;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The worker's entry point: takes one message with a bundle file and a number of calls, and answers
 * with one message of type {@code result}: calls, milliseconds, fuel and digest of the last run, or
 * of type {@code failed}.
 */
public final class CallWorker {
  private static final double NANOS_PER_MILLI = 1e6;

  private final App counter;
  private final int calls;
  private int unprepared;

  private CallWorker(App counter, int calls) {
    this.counter = counter;
    this.calls = calls;
    this.unprepared = counter.modules().size();
  }

  /** Starts listening to the page. */
  public static void main(String[] args) {
    ThreadJs.onMessage((type, calls, text, bytes) -> received(calls, bytes));
    post("listening", "");
  }

  private static void received(int calls, Int8Array file) {
    SignatureVerifier verifier = SignatureVerifier.screened(new Sodium());
    BrowserEngine engine = new BrowserEngine();
    if (!(Bundle.open(JsBytes.adopt(file), verifier) instanceof BundleVerdict.Opened opened)) {
      post("failed", "the bundle is refused");
      return;
    }
    switch (Admission.on(engine, verifier).admit(opened.bundle())) {
      case App.Admitted.Refused refused -> post("failed", refused.reason());
      case App.Admitted.Runs runs -> new CallWorker(runs.app(), calls).prepare(engine);
    }
  }

  private void prepare(BrowserEngine engine) {
    for (App.Module module : counter.modules()) {
      ModuleHash hash = new ModuleHash(module.hash().toHex());
      engine.prepare(hash, module.code(), this::prepared, reason -> post("failed", reason));
    }
  }

  private void prepared() {
    unprepared--;
    if (unprepared > 0) {
      return;
    }
    CounterCalls loop = new CounterCalls(counter);
    loop.run(calls, CallWorker::nanos);
    CounterCalls.Run run = loop.run(calls, CallWorker::nanos);
    post("result", run.calls() + " " + run.nanos() + " " + run.fuel() + " " + run.digest().toHex());
  }

  private static long nanos() {
    return (long) (ThreadJs.now() * NANOS_PER_MILLI);
  }

  private static void post(String type, String text) {
    ThreadJs.post(type, 0, text, new Int8Array(0));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import java.util.List;
import java.util.Optional;
import org.myrhiza.browser.js.Done;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.js.Told;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.meter.MarkedWrites;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The browser's own WebAssembly. Compilation is asynchronous, as browsers want it; instantiating
 * and calling are synchronous, which a worker may do at any size.
 */
public final class BrowserEngine implements Engine {
  /** Compiles code; exactly one of the callbacks follows. */
  public void prepare(ModuleHash hash, Bytes code, Done done, Told failed) {
    EngineJs.prepare(hash.hex(), marked(hash, code), done, failed);
  }

  /** Compiles code before it returns, as only a worker may: empty, or why the code is refused. */
  public Optional<String> prepareNow(ModuleHash hash, Bytes code) {
    String failure = EngineJs.prepareNow(hash.hex(), marked(hash, code));
    return failure.isEmpty() ? Optional.empty() : Optional.of(failure);
  }

  /** The code with marks of what it writes, where it is not prepared yet. */
  private static Int8Array marked(ModuleHash hash, Bytes code) {
    boolean known = EngineJs.isPrepared(hash.hex());
    return JsBytes.of(known ? code : Bytes.adopt(MarkedWrites.of(code.toArray())));
  }

  @Override
  public String name() {
    return "browser";
  }

  @Override
  public boolean isPrepared(ModuleHash code) {
    return EngineJs.isPrepared(code.hex());
  }

  @Override
  public Instantiation instantiate(ModuleHash code, List<CoreImport> imports) {
    JSObject given = EngineJs.newImports();
    for (CoreImport each : imports) {
      EngineJs.addImport(given, each.module(), each.name(), Externs.handle(each.value()));
    }
    JSObject pair = EngineJs.instantiate(code.hex(), given);
    return switch (EngineJs.outcomeOf(pair)) {
      case Outcomes.RETURNED ->
          new Instantiation.Instantiated(new BrowserInstance(EngineJs.instanceOf(pair)));
      case Outcomes.TRAPPED -> new Instantiation.Trapped();
      case Outcomes.ABORTED -> new Instantiation.Aborted();
      default -> new Instantiation.Failed(EngineJs.lastFailure());
    };
  }

  @Override
  public CoreFunction hostFunction(CoreSignature signature, HostFunction body) {
    return BrowserFunction.host(signature, body);
  }

  @Override
  public CoreGlobal hostGlobal(ValueKind kind, long initial) {
    String letter = Kinds.letter(kind);
    if (kind == ValueKind.I32 || kind == ValueKind.I64) {
      return BrowserCell.of(letter, initial);
    }
    return new BrowserGlobal(EngineJs.newGlobal(letter, initial), letter);
  }
}

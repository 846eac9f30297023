// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;

/**
 * Chicory's interpreter, which tells a listener each instruction before it runs. It runs modules as
 * they are, so that the listener sees them as they are: see {@link Mended} for what it does wrong
 * then.
 */
public final class ListeningEngine implements Engine, TestEngine {
  private final ChicoryEngine hosting = ChicoryEngine.interpreted();
  private final Map<ModuleHash, WasmModule> modules = new HashMap<>();
  private final Listener listener;

  /** Who is told. */
  public interface Listener extends ExecutionListener {
    /** A new instance is what calls run in from now on. */
    void entered(Instance instance, List<CoreImport> imports);

    /** A call ended. */
    void ended(CallOutcome outcome);
  }

  /** An engine that tells. */
  public ListeningEngine(Listener listener) {
    this.listener = listener;
  }

  @Override
  public String name() {
    return "chicory-listening";
  }

  @Override
  public Engine engine() {
    return this;
  }

  @Override
  public void prepare(ModuleHash hash, byte[] code) {
    modules.clear();
    modules.put(hash, Parser.parse(code));
  }

  @Override
  public boolean isPrepared(ModuleHash code) {
    return modules.containsKey(code);
  }

  @Override
  public Instantiation instantiate(ModuleHash code, List<CoreImport> imports) {
    WasmModule module = modules.get(code);
    if (module == null) {
      return new Instantiation.Failed("not prepared");
    }
    Tags tags = Tags.of(module, imports);
    Instance instance =
        Instance.builder(module)
            .withMemoryFactory(TrackedMemory::new)
            .withImportValues(ChicoryEngine.values(imports, module, tags))
            .withUnsafeExecutionListener(listener)
            .withStart(false)
            .build();
    listener.entered(instance, imports);
    return new Instantiation.Instantiated(new Told(new ChicoryInstance(instance, tags), listener));
  }

  @Override
  public CoreFunction hostFunction(CoreSignature signature, HostFunction body) {
    return hosting.hostFunction(signature, body);
  }

  @Override
  public CoreGlobal hostGlobal(ValueKind kind, long initial) {
    return hosting.hostGlobal(kind, initial);
  }

  private record Told(CoreInstance inner, Listener listener) implements CoreInstance {
    @Override
    public @Nullable CoreExtern export(String name) {
      CoreExtern found = inner.export(name);
      return found instanceof CoreFunction function ? new ToldFunction(function, listener) : found;
    }
  }

  private record ToldFunction(CoreFunction inner, Listener listener) implements CoreFunction {
    @Override
    public CallOutcome call(Slots arguments, Slots results) {
      CallOutcome outcome = inner.call(arguments, results);
      listener.ended(outcome);
      return outcome;
    }
  }
}

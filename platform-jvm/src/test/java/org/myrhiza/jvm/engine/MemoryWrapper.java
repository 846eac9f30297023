// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.ValueKind;

/**
 * An engine whose host reaches into other memories than its guests do.
 *
 * @param sound does the work
 * @param wrap what the host gets in a memory's place
 */
public record MemoryWrapper(TestEngine sound, UnaryOperator<CoreMemory> wrap)
    implements TestEngine, Engine {
  @Override
  public Engine engine() {
    return this;
  }

  @Override
  public void prepare(ModuleHash hash, byte[] code) {
    sound.prepare(hash, code);
  }

  @Override
  public String name() {
    return "wrapped";
  }

  @Override
  public boolean isPrepared(ModuleHash code) {
    return sound.engine().isPrepared(code);
  }

  @Override
  public Instantiation instantiate(ModuleHash code, List<CoreImport> imports) {
    return sound.engine().instantiate(code, imports) instanceof Instantiation.Instantiated(var made)
        ? new Instantiation.Instantiated(new Wrapped(made, wrap))
        : new Instantiation.Failed("not instantiated");
  }

  @Override
  public CoreFunction hostFunction(CoreSignature signature, HostFunction body) {
    return sound.engine().hostFunction(signature, body);
  }

  @Override
  public CoreGlobal hostGlobal(ValueKind kind, long initial) {
    return sound.engine().hostGlobal(kind, initial);
  }

  private record Wrapped(CoreInstance sound, UnaryOperator<CoreMemory> wrap)
      implements CoreInstance {
    @Override
    public @Nullable CoreExtern export(String name) {
      CoreExtern found = sound.export(name);
      return found instanceof CoreMemory memory ? wrap.apply(memory) : found;
    }
  }
}

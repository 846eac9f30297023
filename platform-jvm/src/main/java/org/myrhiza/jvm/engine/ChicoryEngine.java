// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.CoreTable;
import org.myrhiza.wasm.engine.CoreTag;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.link.StackProbe;

/**
 * Chicory behind the engine port.
 *
 * <p>Guests run on the thread that calls, which must have a stack of {@link #STACK_BYTES}: the
 * stack account of the metering assumes it, and {@link StackProbe} checks it. Code may be prepared
 * and probed by any thread; everything else belongs to the one thread that runs the kernel.
 */
public final class ChicoryEngine implements Engine {
  /** Stack of the thread that runs guests: 16,384 slots of interpreted frames fit several times. */
  public static final long STACK_BYTES = 64L * 1024 * 1024;

  /** Modules kept prepared; three for each component of some eighty apps. */
  static final int CACHED_MODULES = 256;

  private final boolean compiles;
  private volatile int edition;
  private StackProbe.@Nullable Finding compiledStack;
  private final Map<ModuleHash, Code> prepared = new LinkedHashMap<>(16, 0.75f, true);

  private ChicoryEngine(boolean compiles) {
    this.compiles = compiles;
  }

  /** An engine that compiles to JVM bytecode and interprets only what is too large for that. */
  public static ChicoryEngine compiled() {
    return new ChicoryEngine(true);
  }

  /** An engine that only interprets. */
  public static ChicoryEngine interpreted() {
    return new ChicoryEngine(false);
  }

  /**
   * Code that is ready; no machine factory means that it is interpreted.
   *
   * @param waits whether a compiler works on it
   */
  private record Code(
      WasmModule module, @Nullable Function<Instance, Machine> machines, boolean waits) {}

  @Override
  public String name() {
    return compiles ? "chicory-compiled" : "chicory-interpreted";
  }

  /**
   * Parses and compiles a module; 15 to 50 ms for 2 KB.
   *
   * @param hash its name from now on
   * @param bytes the rewritten module
   * @return whether it can be instantiated; again and again is free
   */
  public Preparation prepare(ModuleHash hash, byte[] bytes) {
    Code known = find(hash);
    if (known != null) {
      return new Preparation.Prepared(known.machines() != null);
    }
    try {
      Code code = compiles ? compiled(bytes) : interpreted(bytes);
      put(hash, code);
      return new Preparation.Prepared(code.machines() != null);
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      return new Preparation.Refused(Failures.describe(e));
    }
  }

  /**
   * Parses a module, so that it runs at once, interpreted, and has it compiled: when that is done,
   * new instances are compiled ones and {@link #edition} changes. What cannot be compiled stays
   * interpreted.
   *
   * @param hash its name from now on
   * @param bytes the rewritten module, not to be changed after
   * @param compiler where compiling runs, one after the other, on a thread with a stack of {@link
   *     #STACK_BYTES}: there it is probed first
   * @param slow told on that thread why code stays interpreted; of too small a stack once
   * @return whether it can be instantiated; again and again is free
   */
  public Preparation prepareSoon(
      ModuleHash hash, byte[] bytes, Executor compiler, Consumer<String> slow) {
    Code known = find(hash);
    if (known != null) {
      return new Preparation.Prepared(known.machines() != null);
    }
    try {
      put(hash, new Code(parsed(bytes), null, true));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return new Preparation.Refused(Failures.describe(e));
    }
    compiler.execute(() -> replace(hash, bytes, slow));
    return new Preparation.Prepared(false);
  }

  private void replace(ModuleHash hash, byte[] bytes, Consumer<String> slow) {
    if (compiledStack == null) {
      compiledStack = probe();
      if (compiledStack instanceof StackProbe.Finding.Insufficient lack) {
        slow.accept("apps run slowly: " + lack.message());
      }
    }
    if (!(compiledStack instanceof StackProbe.Finding.Sufficient)) {
      return;
    }
    try {
      Code code = compiled(bytes);
      synchronized (prepared) {
        Code known = prepared.get(hash);
        if (known != null && known.waits()) {
          prepared.put(hash, code);
          edition++;
        }
      }
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      slow.accept("an app runs slowly, it could not be compiled: " + Failures.describe(e));
    }
  }

  @Override
  public int edition() {
    return edition;
  }

  /**
   * Probes whether the calling thread has the stack that guests are promised. Run once, by the
   * thread that will run them or one with the same stack; without {@link
   * StackProbe.Finding.Sufficient} no guest may run.
   */
  public StackProbe.Finding probe() {
    List<ModuleHash> hashes = new ArrayList<>();
    for (byte[] module : StackProbe.modules()) {
      ModuleHash hash = new ModuleHash(Blake3.hash(Bytes.copyOf(module)).toHex());
      if (prepare(hash, module) instanceof Preparation.Refused(String reason)) {
        return new StackProbe.Finding.Insufficient("the probe", reason);
      }
      hashes.add(hash);
    }
    return StackProbe.run(this, hashes);
  }

  private void put(ModuleHash hash, Code code) {
    synchronized (prepared) {
      prepared.put(hash, code);
      if (prepared.size() > CACHED_MODULES) {
        prepared.remove(prepared.keySet().iterator().next());
      }
    }
  }

  private static Code interpreted(byte[] bytes) {
    return new Code(parsed(bytes), null, false);
  }

  private static WasmModule parsed(byte[] bytes) {
    return Parser.parse(Mended.of(bytes, Mended.Half.INTERPRETER));
  }

  /** Where a function is too large for a method, that one is interpreted. */
  private static Code compiled(byte[] bytes) {
    WasmModule module = Parser.parse(Mended.of(bytes, Mended.Half.COMPILER));
    try {
      return new Code(module, compile(module, InterpreterFallback.FAIL), false);
    } catch (RuntimeException tooLarge) {
      WasmModule checked = parsed(bytes);
      return new Code(checked, compile(checked, InterpreterFallback.SILENT), false);
    }
  }

  private static Function<Instance, Machine> compile(
      WasmModule module, InterpreterFallback fallback) {
    return MachineFactoryCompiler.builder(module).withInterpreterFallback(fallback).compile();
  }

  private @Nullable Code find(ModuleHash hash) {
    synchronized (prepared) {
      return prepared.get(hash);
    }
  }

  @Override
  public boolean isPrepared(ModuleHash code) {
    return find(code) != null;
  }

  @Override
  public Instantiation instantiate(ModuleHash hash, List<CoreImport> imports) {
    Code code = find(hash);
    if (code == null) {
      return new Instantiation.Failed("module " + hash.hex() + " is not prepared");
    }
    try {
      Tags tags = Tags.of(code.module(), imports);
      Instance.Builder builder =
          Instance.builder(code.module())
              .withMemoryFactory(TrackedMemory::new)
              .withImportValues(values(imports, code.module(), tags))
              .withStart(false);
      if (code.machines() != null) {
        builder.withMachineFactory(code.machines());
      }
      Instance instance = builder.build();
      tags.settle();
      return new Instantiation.Instantiated(new ChicoryInstance(instance, tags));
    } catch (AbortSignal aborted) {
      return new Instantiation.Aborted();
    } catch (UninstantiableException | WasmException e) {
      return new Instantiation.Trapped();
    } catch (ChicoryException e) {
      return Failures.isHosts(e)
          ? new Instantiation.Failed(Failures.describe(e))
          : new Instantiation.Trapped();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return new Instantiation.Failed(Failures.describe(e));
    }
  }

  static ImportValues values(List<CoreImport> imports, WasmModule module, Tags tags) {
    boolean borrows = module.dataSection().dataSegmentCount() > 0;
    ImportValues.Builder out = ImportValues.builder();
    out.addTag(tags.imports());
    for (CoreImport i : imports) {
      switch (i.value()) {
        case CoreFunction f -> {
          ChicoryFunction own = (ChicoryFunction) f;
          out.addFunction(new ImportFunction(i.module(), i.name(), own.type(), own.handle()));
        }
        case CoreMemory m -> {
          ChicoryMemory own = (ChicoryMemory) m;
          out.addMemory(
              new ImportMemory(i.module(), i.name(), borrows ? own.lent() : own.memory()));
        }
        case CoreTable t ->
            out.addTable(new ImportTable(i.module(), i.name(), ((ChicoryTable) t).table()));
        case CoreTag t -> {
          // Among the tags, in the module's order.
        }
        case CoreGlobal g ->
            out.addGlobal(new ImportGlobal(i.module(), i.name(), ((ChicoryGlobal) g).global()));
      }
    }
    return out.build();
  }

  @Override
  public CoreFunction hostFunction(CoreSignature signature, HostFunction body) {
    FunctionType type =
        FunctionType.of(
            signature.params().stream().map(ChicoryEngine::type).toList(),
            signature.results().stream().map(ChicoryEngine::type).toList());
    return new ChicoryHostFunction(type, signature, body);
  }

  @Override
  public CoreGlobal hostGlobal(ValueKind kind, long initial) {
    return new ChicoryGlobal(new GlobalInstance(initial, 0, type(kind), MutabilityType.Var));
  }

  private static ValType type(ValueKind kind) {
    return switch (kind) {
      case I32 -> ValType.I32;
      case I64 -> ValType.I64;
      case F32 -> ValType.F32;
      case F64 -> ValType.F64;
    };
  }
}

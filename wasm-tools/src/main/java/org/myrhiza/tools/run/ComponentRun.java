// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.link.TrapKind;
import org.myrhiza.wasm.meter.Rewritten;
import org.myrhiza.wasm.value.Value;
import org.myrhiza.wasm.value.Wave;
import org.myrhiza.wasm.value.WaveError;
import org.myrhiza.wasm.value.WaveResult;

/** Links a component that needs no host and makes one call, from WAVE to WAVE. */
public final class ComponentRun {
  private final RunJob job;
  private final ToolEngine engine;

  private ComponentRun(RunJob job, ToolEngine engine) {
    this.job = job;
    this.engine = engine;
  }

  /**
   * Makes the call. To be called on a thread with the stack that guests are promised.
   *
   * @param job what to call
   * @param engine where it runs
   * @return what became of it, in the same words on every engine
   */
  public static RunResult run(RunJob job, ToolEngine engine) {
    try {
      return new ComponentRun(job, engine).run();
    } catch (Unanswered ended) {
      return ended.result();
    }
  }

  private RunResult run() throws Unanswered {
    Invocation invocation = Invocation.of(job.call());
    Blueprint blueprint =
        switch (linked()) {
          case WasmResult.Ok<Blueprint> ok -> ok.value();
          case WasmResult.Failed<Blueprint>(WasmError error) -> throw refused(error);
        };
    ExportedFunction function = invocation.function(blueprint);
    Value[] arguments = invocation.arguments(function);
    Session session = session(blueprint);
    CallResult notReady = session.begin();
    if (notReady != null) {
      throw ended(notReady, "the component's instantiation");
    }
    CallResult result = session.proceed(function, arguments, job.fuel().orElse(Long.MAX_VALUE));
    if (result instanceof CallResult.Returned(Value value, long fuel)) {
      OptionalLong used = job.fuel().isPresent() ? OptionalLong.of(fuel) : OptionalLong.empty();
      return new RunResult.Returned(text(function.type().result(), value), used);
    }
    throw ended(result, "the call of " + function.name());
  }

  private WasmResult<Blueprint> linked() {
    byte[] bytes = job.component().toArray();
    return job.fuel().isPresent()
        ? Linker.link(bytes, FeatureSet.BRIDGE)
        : Linker.linkUnmetered(bytes);
  }

  private Session session(Blueprint blueprint) throws Unanswered {
    List<ModuleHash> hashes = new ArrayList<>();
    for (Rewritten module : blueprint.modules()) {
      hashes.add(new ModuleHash(Blake3.hash(Bytes.copyOf(module.bytes())).toHex()));
    }
    MissingHost missing = new MissingHost();
    Session session =
        switch (Session.open(blueprint, hashes, engine.engine(), missing)) {
          case WasmResult.Ok<Session> ok -> ok.value();
          case WasmResult.Failed<Session>(WasmError error) -> throw refused(error);
        };
    if (!missing.names().isEmpty()) {
      throw Unanswered.failure(
          "unlinkable",
          job.file() + " calls what this host does not have: " + String.join(", ", missing.names()),
          "Run components that import no functions; apps run by app create.",
          missing.names().getFirst());
    }
    for (int i = 0; i < hashes.size(); i++) {
      Optional<String> refusal = engine.refusal(hashes.get(i), blueprint.modules().get(i).bytes());
      if (refusal.isPresent()) {
        throw Unanswered.failure(
            "engine",
            "the engine does not take core module " + i + ": " + refusal.get(),
            "Try another --engine.",
            "core module " + i);
      }
    }
    return session;
  }

  private Unanswered refused(WasmError error) {
    return Unanswered.failure(Problem.in(job.file(), error));
  }

  private static @Nullable String text(@Nullable ValueType type, @Nullable Value value)
      throws Unanswered {
    if (type == null || value == null) {
      return null;
    }
    return switch (Wave.print(type, value)) {
      case WaveResult.Ok<String>(String text) -> text;
      case WaveResult.Failed<String>(WaveError error) ->
          throw Unanswered.failure(
              "result",
              "the result has no text: " + error.message(),
              "Call a function whose result has no handle and is not large.",
              "");
    };
  }

  private static Unanswered ended(CallResult result, String what) {
    return switch (result) {
      case CallResult.Trapped(TrapKind kind) -> {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String message = what + " trapped: " + name + ", " + words(kind);
        yield Unanswered.failure("trapped", message, "", name);
      }
      case CallResult.OutOfFuel o ->
          Unanswered.failure(
              "out-of-fuel", what + " ran out of fuel", "Give it more with --fuel.", "");
      case CallResult.Rejected(String reason) ->
          Unanswered.failure("rejected", what + " was rejected: " + reason, "", "");
      case CallResult.HostFailure(String reason) ->
          Unanswered.failure("host", what + " failed in the host: " + reason, "", "");
      case CallResult.Returned r -> throw new IllegalArgumentException("no failure: " + r);
    };
  }

  private static String words(TrapKind kind) {
    return switch (kind) {
      case INSTRUCTION -> "an instruction trapped";
      case STACK -> "too many or too large frames";
      case ABI -> "a value broke the Canonical ABI";
      case FORBIDDEN_IMPORT -> "an import was called where none may be";
      case REENTRANCE -> "a component instance was entered again";
    };
  }
}

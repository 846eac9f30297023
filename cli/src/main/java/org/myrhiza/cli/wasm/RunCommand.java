// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.hash.Blake3;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.HostBinder;
import org.myrhiza.wasm.link.HostBody;
import org.myrhiza.wasm.link.ImportedFunction;
import org.myrhiza.wasm.link.ImportedResource;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.link.TrapKind;
import org.myrhiza.wasm.meter.Metered;
import org.myrhiza.wasm.value.Value;
import org.myrhiza.wasm.value.Wave;
import org.myrhiza.wasm.value.WaveError;
import org.myrhiza.wasm.value.WaveResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Calls a function of a component that needs no host. */
@Command(
    name = "run",
    description = "Call an exported function of a component that imports no functions.",
    footer = {"", "Example: myrhiza wasm run math.wasm --invoke 'sum([1, 2, 3])'"})
public final class RunCommand extends BaseCommand {
  /** Fuel for one call: a hundred times the greatest budget of an apply. */
  private static final long CALL_FUEL = 1_000_000_000L;

  @Parameters(paramLabel = "FILE", description = "A component in binary form.")
  private @Nullable Path file;

  @Option(
      names = "--invoke",
      paramLabel = "CALL",
      required = true,
      description = "The function, after its interface and # if in one, and its arguments in WAVE.")
  private String call = "";

  @Option(
      names = "--fuel",
      paramLabel = "N",
      converter = Fuel.class,
      description = "How much the call may use (default 1000000000).")
  private long fuel = CALL_FUEL;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      converter = Runs.Converter.class,
      description = "compiled (the default) or interpreted.")
  private Runs engine = Runs.COMPILED;

  /** Reads an amount of fuel. */
  static final class Fuel implements ITypeConverter<Long> {
    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,17}");

    @Override
    public Long convert(String text) {
      if (!DIGITS.matcher(text).matches()) {
        throw new TypeConversionException(
            "seen \"" + text + "\", allowed a whole number from 1 to 10^18 - 1");
      }
      return Long.parseLong(text);
    }
  }

  /** Creates the command. */
  public RunCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    WasmFile read = WasmFile.read(Objects.requireNonNull(file, "picocli requires it"));
    Invocation invocation = Invocation.of(call);
    Blueprint blueprint =
        switch (Linker.link(read.bytes(), FeatureSet.BRIDGE)) {
          case WasmResult.Ok<Blueprint> ok -> ok.value();
          case WasmResult.Failed<Blueprint> failed -> throw read.failure(failed.error());
        };
    ExportedFunction function = invocation.function(blueprint);
    Value[] arguments = invocation.arguments(function);
    Session session = session(read, blueprint);
    Ending ending = new Ending();
    GuestThread.run(
        "myrhiza-run",
        () -> {
          ending.instantiating = session.begin();
          if (ending.instantiating == null) {
            ending.called = session.proceed(function, arguments, fuel);
          }
        });
    if (ending.instantiating != null) {
      throw failure(ending.instantiating, "the component's instantiation");
    }
    CallResult result = Objects.requireNonNull(ending.called, "the call was made");
    if (result instanceof CallResult.Returned returned) {
      return returned(function, returned);
    }
    throw failure(result, "the call of " + function.name());
  }

  /** What the thread of the guest leaves; written before it ends, read after. */
  private static final class Ending {
    private @Nullable CallResult instantiating;
    private @Nullable CallResult called;
  }

  private Session session(WasmFile read, Blueprint blueprint) throws Failure {
    ChicoryEngine runs = engine.engine();
    List<ModuleHash> hashes = new ArrayList<>();
    for (Metered module : blueprint.modules()) {
      byte[] code = module.bytes();
      hashes.add(new ModuleHash(Blake3.hash(Bytes.copyOf(code)).toHex()));
    }
    Missing missing = new Missing();
    Session session =
        switch (Session.open(blueprint, hashes, runs, missing)) {
          case WasmResult.Ok<Session> ok -> ok.value();
          case WasmResult.Failed<Session>(WasmError error) -> throw read.failure(error);
        };
    if (!missing.names.isEmpty()) {
      throw new Failure(
          ExitCode.FAILED,
          "unlinkable",
          read.path() + " calls what this host does not have: " + String.join(", ", missing.names),
          "Run components that import no functions; apps run by app create.",
          missing.names.getFirst());
    }
    for (int i = 0; i < hashes.size(); i++) {
      byte[] code = blueprint.modules().get(i).bytes();
      if (runs.prepare(hashes.get(i), code) instanceof Preparation.Refused(String reason)) {
        throw new Failure(
            ExitCode.FAILED,
            "engine",
            "the engine does not take core module " + i + ": " + reason,
            "Try the other --engine.",
            "core module " + i);
      }
    }
    return session;
  }

  /** A host without anything, that keeps the names of what it was asked for. */
  private static final class Missing implements HostBinder {
    private final List<String> names = new ArrayList<>();

    @Override
    public HostBody bind(ImportedFunction function) {
      note(function.instance(), function.name());
      return (arguments, call) -> null;
    }

    @Override
    public IntConsumer destructor(ImportedResource resource) {
      note(resource.instance(), resource.name());
      return representation -> {};
    }

    private void note(String instance, String name) {
      String full = instance.isEmpty() ? name : instance + "#" + name;
      if (!names.contains(full)) {
        names.add(full);
      }
    }
  }

  private Answer returned(ExportedFunction function, CallResult.Returned returned) throws Failure {
    ValueType type = function.type().result();
    Value value = returned.value();
    String text = type == null || value == null ? null : text(type, value);
    ObjectNode json = Terminal.object();
    json.put("result", text);
    json.put("fuel", returned.fuel());
    json.put("outcome", "returned");
    if (common().verbose()) {
      terminal().note("fuel used: " + returned.fuel());
    }
    return Answer.of(json, text == null ? "" : text);
  }

  private static String text(ValueType type, Value value) throws Failure {
    return switch (Wave.print(type, value)) {
      case WaveResult.Ok<String>(String text) -> text;
      case WaveResult.Failed<String>(WaveError error) ->
          throw new Failure(
              ExitCode.FAILED,
              "result",
              "the result has no text: " + error.message(),
              "Call a function whose result has no handle and is not large.",
              "");
    };
  }

  private Failure failure(CallResult result, String what) {
    return switch (result) {
      case CallResult.Trapped(TrapKind kind) -> {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        yield failed("trapped", what + " trapped: " + name + ", " + words(kind), "", name);
      }
      case CallResult.OutOfFuel o ->
          failed("out-of-fuel", what + " ran out of fuel", "Give it more with --fuel.", "");
      case CallResult.Rejected(String reason) ->
          failed("rejected", what + " was rejected: " + reason, "", "");
      case CallResult.HostFailure(String reason) ->
          failed("host", what + " failed in the host: " + reason, "", "");
      case CallResult.Returned r -> throw new IllegalArgumentException("no failure: " + r);
    };
  }

  private static Failure failed(String type, String message, String hint, String at) {
    return new Failure(ExitCode.FAILED, type, message, hint, at);
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

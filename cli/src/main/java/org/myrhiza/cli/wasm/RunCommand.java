// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.tools.run.Problem;
import org.myrhiza.tools.run.RunJob;
import org.myrhiza.tools.run.RunResult;
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
      description = "Meter the call, and end it when it used as much (default: not metered).")
  private @Nullable Long fuel;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      converter = Runs.Converter.class,
      description = Runs.HELP)
  private Runs engine = Runs.COMPILED;

  /** Reads an amount of fuel, as much as metered code can count. */
  static final class Fuel implements ITypeConverter<Long> {
    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,9}");

    @Override
    public Long convert(String text) {
      long fuel = DIGITS.matcher(text).matches() ? Long.parseLong(text) : 0;
      if (fuel < 1 || fuel > RunJob.MOST_FUEL) {
        throw new TypeConversionException(
            "seen \"" + text + "\", allowed a whole number from 1 to " + RunJob.MOST_FUEL);
      }
      return fuel;
    }
  }

  /** Creates the command. */
  public RunCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    WasmFile read = WasmFile.read(Objects.requireNonNull(file, "picocli requires it"));
    OptionalLong limit = fuel == null ? OptionalLong.empty() : OptionalLong.of(fuel);
    RunJob job = new RunJob(read.path().toString(), Bytes.copyOf(read.bytes()), call, limit);
    return switch (run(job)) {
      case RunResult.Returned(String text, OptionalLong used) -> returned(text, used);
      case RunResult.Misused(Problem problem) ->
          throw WasmFile.failure(ExitCode.WRONG_USE, problem);
      case RunResult.Failed(Problem problem) -> throw WasmFile.failure(ExitCode.FAILED, problem);
    };
  }

  private RunResult run(RunJob job) throws Failure {
    try (Place place = engine.open(terminal(), new Deadline(common().timeout()))) {
      return place.run(job);
    }
  }

  private Answer returned(@Nullable String text, OptionalLong used) {
    ObjectNode json = Terminal.object();
    json.put("result", text);
    json.put("fuel", used.isPresent() ? used.getAsLong() : null);
    json.put("outcome", "returned");
    if (common().verbose() && used.isPresent()) {
      terminal().note("fuel used: " + used.getAsLong());
    }
    return Answer.of(json, text == null ? "" : text);
  }
}

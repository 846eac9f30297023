// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.hash.Blake3;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Metered;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Writes a core module as every peer runs it. */
@Command(
    name = "meter",
    description = "Rewrite a core module so that it counts its fuel, as every peer does.",
    footer = {"", "Example: myrhiza wasm meter module.wasm -o metered.wasm"})
public final class MeterCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", description = "A core module in binary form.")
  private @Nullable Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "Where to write the rewritten module.")
  private @Nullable Path output;

  @Option(
      names = "--set",
      paramLabel = "SET",
      converter = Sets.class,
      description = "deterministic (the default), interactive or bridge: what is admitted.")
  private FeatureSet set = FeatureSet.DETERMINISTIC;

  /** Reads the name of a feature set. */
  static final class Sets implements ITypeConverter<FeatureSet> {
    @Override
    public FeatureSet convert(String name) {
      return switch (name) {
        case "deterministic" -> FeatureSet.DETERMINISTIC;
        case "interactive" -> FeatureSet.INTERACTIVE;
        case "bridge" -> FeatureSet.BRIDGE;
        default ->
            throw new TypeConversionException(
                "seen \"" + name + "\", allowed deterministic, interactive or bridge");
      };
    }
  }

  /** Creates the command. */
  public MeterCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    WasmFile read = WasmFile.read(Objects.requireNonNull(file, "picocli requires it"));
    Path out = Objects.requireNonNull(output, "picocli requires it");
    if (read.isComponent()) {
      throw new Failure(
          ExitCode.FAILED,
          "component",
          read.path() + " is a component; only a core module is rewritten by itself",
          "wasm inspect shows the sizes of a component's modules, wasm run runs them rewritten.",
          read.path().toString());
    }
    byte[] rewritten =
        switch (Meter.rewrite(read.bytes(), set)) {
          case WasmResult.Ok<Metered>(Metered metered) -> metered.bytes();
          case WasmResult.Failed<Metered> failed -> throw read.failure(failed.error());
        };
    try {
      Files.write(out, rewritten);
    } catch (IOException failed) {
      throw WasmFile.unusable(out, failed);
    }
    ObjectNode json = Terminal.object();
    json.put("set", set.name().toLowerCase(Locale.ROOT));
    String before = described(json.putObject("before"), read.bytes());
    String after = described(json.putObject("after"), rewritten);
    json.put("output", out.toString());
    return Answer.of(json, "before: " + before + "\nafter:  " + after + "\nwritten to " + out);
  }

  private static String described(ObjectNode node, byte[] bytes) {
    String hash = Blake3.hash(Bytes.copyOf(bytes)).toHex();
    node.put("hash", hash).put("bytes", bytes.length);
    return hash + ", " + bytes.length + " bytes";
  }
}

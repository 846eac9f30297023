// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.hash.Blake3;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Writes core modules as every peer runs them. */
@Command(
    name = "meter",
    description = {
      "Rewrite a core module, or all those of a component, so that they count their fuel,",
      "as every peer does."
    },
    footer = {"", "Example: myrhiza wasm meter apps/target/counter/apply.wasm -o metered"})
public final class MeterCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", description = "A component or core module in binary form.")
  private @Nullable Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = {
        "Where to write the rewritten module; of a component, a new folder",
        "that receives 0.wasm, 1.wasm and so on in the component's order."
      })
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
    ObjectNode json = Terminal.object();
    json.put("set", set.name().toLowerCase(Locale.ROOT));
    List<String> lines = read.isComponent() ? component(read, out, json) : module(read, out, json);
    json.put("output", out.toString());
    lines.add("written to " + out);
    return Answer.of(json, String.join("\n", lines));
  }

  private List<String> module(WasmFile read, Path out, ObjectNode json) throws Failure {
    byte[] rewritten =
        switch (Meter.rewrite(read.bytes(), set)) {
          case WasmResult.Ok<Rewritten>(Rewritten metered) -> metered.bytes();
          case WasmResult.Failed<Rewritten> failed -> throw read.failure(failed.error());
        };
    try {
      Files.write(out, rewritten);
    } catch (IOException failed) {
      throw WasmFile.unusable(out, failed);
    }
    List<String> lines = new ArrayList<>();
    lines.add("before: " + described(json.putObject("before"), Bytes.copyOf(read.bytes())));
    lines.add("after:  " + described(json.putObject("after"), Bytes.copyOf(rewritten)));
    return lines;
  }

  private List<String> component(WasmFile read, Path out, ObjectNode json) throws Failure {
    MeteredFolder.requireFree(out);
    List<Rewritten> modules =
        switch (Linker.link(read.bytes(), set)) {
          case WasmResult.Ok<Blueprint>(Blueprint blueprint) -> blueprint.modules();
          case WasmResult.Failed<Blueprint> failed -> throw read.failure(failed.error());
        };
    MeteredFolder.write(out, modules);
    List<String> lines = new ArrayList<>();
    ArrayNode array = json.putArray("modules");
    for (int i = 0; i < modules.size(); i++) {
      CoreModule source = modules.get(i).source();
      ObjectNode node = array.addObject().put("file", MeteredFolder.name(i));
      Bytes before = Bytes.copyOf(read.bytes(), source.from(), source.to());
      Bytes after = Bytes.copyOf(modules.get(i).bytes());
      lines.add(MeteredFolder.name(i));
      lines.add("  before: " + described(node.putObject("before"), before));
      lines.add("  after:  " + described(node.putObject("after"), after));
    }
    return lines;
  }

  private static String described(ObjectNode node, Bytes bytes) {
    String hash = Blake3.hash(bytes).toHex();
    node.put("hash", hash).put("bytes", bytes.size());
    return hash + ", " + bytes.size() + " bytes";
  }
}

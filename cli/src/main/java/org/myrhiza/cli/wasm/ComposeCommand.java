// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.tools.run.Problem;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.compose.Composed;
import org.myrhiza.wasm.compose.Composer;
import org.myrhiza.wasm.compose.Link;
import org.myrhiza.wasm.core.FeatureSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Links several components into one. */
@Command(
    name = "compose",
    description = {
      "Link components into one: each import is served by the one component before it that",
      "exports its name; what none exports stays an import. The last one's exports stay."
    },
    footer = {"", "Example: myrhiza wasm compose store.wasm user.wasm -o app.wasm"})
public final class ComposeCommand extends BaseCommand {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Components in binary form, those that serve before those that are served.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "Where to write the component that nests them.")
  private @Nullable Path output;

  /** Creates the command. */
  public ComposeCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    Path out = Objects.requireNonNull(output, "picocli requires it");
    Composer composer = new Composer(FeatureSet.BRIDGE);
    for (Path file : files) {
      WasmFile read = WasmFile.read(file);
      Optional<WasmError> refused = composer.add(file.toString(), read.bytes());
      if (refused.isPresent()) {
        throw read.failure(refused.get());
      }
    }
    Composed composed =
        switch (composer.compose()) {
          case WasmResult.Ok<Composed>(Composed made) -> made;
          case WasmResult.Failed<Composed>(WasmError error) ->
              throw WasmFile.failure(ExitCode.FAILED, Problem.in(out.toString(), error));
        };
    byte[] bytes = composed.bytes();
    try {
      Files.write(out, bytes);
    } catch (IOException failed) {
      throw WasmFile.unusable(out, failed);
    }
    return described(composed, out, bytes.length);
  }

  private Answer described(Composed composed, Path out, int bytes) {
    ObjectNode json = Terminal.object();
    json.put("output", out.toString()).put("bytes", bytes);
    List<String> lines = new ArrayList<>();
    ArrayNode links = json.putArray("links");
    for (Link link : composed.links()) {
      String importer = files.get(link.importer()).toString();
      String exporter = files.get(link.exporter()).toString();
      links
          .addObject()
          .put("importer", importer)
          .put("name", link.name())
          .put("exporter", exporter);
      lines.add(importer + " gets " + link.name() + " from " + exporter);
    }
    ArrayNode imports = json.putArray("imports");
    composed.component().type().imports().keySet().forEach(imports::add);
    ArrayNode exports = json.putArray("exports");
    composed.component().type().exports().keySet().forEach(exports::add);
    lines.add("written to " + out + ", " + bytes + " bytes");
    return Answer.of(json, String.join("\n", lines));
  }
}

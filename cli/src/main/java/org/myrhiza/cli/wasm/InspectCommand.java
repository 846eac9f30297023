// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.capability.Profile;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.component.ValidComponent;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.ModuleExport;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;
import org.myrhiza.wasm.wit.WitText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a component or core module is. */
@Command(
    name = "inspect",
    description = "Show a component's imports and exports, its sizes, and which profiles take it.",
    footer = {"", "Example: myrhiza wasm inspect apps/target/counter/apply.wasm"})
public final class InspectCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", description = "A component or core module in binary form.")
  private @Nullable Path file;

  /** Creates the command. */
  public InspectCommand(Terminal terminal) {
    super(terminal);
  }

  /** What there is to show; verdicts are those of profiles, none for a core module. */
  private record Found(
      List<Rewritten> modules, List<String> imports, List<String> exports, String wit) {}

  @Override
  protected Answer answer() throws Failure {
    WasmFile read = WasmFile.read(Objects.requireNonNull(file, "picocli requires it"));
    Found found = read.isComponent() ? component(read) : module(read);
    ObjectNode json = Terminal.object();
    List<String> lines = new ArrayList<>();
    json.put("kind", read.kind());
    json.put("bytes", read.bytes().length);
    lines.add(read.kind() + " of " + read.bytes().length + " bytes");
    modules(json.putArray("modules"), lines, found.modules());
    found.imports().forEach(json.putArray("imports")::add);
    found.exports().forEach(json.putArray("exports")::add);
    json.put("wit", found.wit());
    ArrayNode profiles = json.putArray("profiles");
    if (read.isComponent()) {
      lines.add("");
      lines.add(found.wit());
      profiles(profiles, lines, read, found.imports());
    } else {
      found.imports().forEach(name -> lines.add("  imports " + name));
      found.exports().forEach(name -> lines.add("  exports " + name));
    }
    return Answer.of(json, String.join("\n", lines));
  }

  private static void modules(ArrayNode node, List<String> lines, List<Rewritten> modules) {
    for (Rewritten module : modules) {
      int bytes = module.source().to() - module.source().from();
      int rewritten = module.bytes().length;
      node.addObject().put("bytes", bytes).put("rewritten", rewritten);
      lines.add("  core module of " + bytes + " bytes, " + rewritten + " rewritten");
    }
  }

  private static void profiles(
      ArrayNode node, List<String> lines, WasmFile file, List<String> imports) {
    for (Profile profile : Profile.values()) {
      Optional<String> refusal = Profiles.refusal(file, profile, imports);
      String verdict = refusal.isPresent() ? "refused" : "accepted";
      node.addObject()
          .put("profile", profile.text())
          .put("verdict", verdict)
          .put("error", refusal.orElse(null));
      lines.add(profile.text() + ": " + verdict + refusal.map(why -> ": " + why).orElse(""));
    }
  }

  private static Found component(WasmFile file) throws Failure {
    ValidComponent valid =
        switch (ComponentValidator.validate(file.bytes(), FeatureSet.BRIDGE)) {
          case WasmResult.Ok<ValidComponent> ok -> ok.value();
          case WasmResult.Failed<ValidComponent> failed -> throw file.failure(failed.error());
        };
    return switch (Linker.link(file.bytes(), FeatureSet.BRIDGE)) {
      case WasmResult.Ok<Blueprint>(Blueprint b) ->
          new Found(b.modules(), b.imports(), b.exports(), WitText.of(valid.type()));
      case WasmResult.Failed<Blueprint> failed -> throw file.failure(failed.error());
    };
  }

  private static Found module(WasmFile file) throws Failure {
    return switch (Meter.rewrite(file.bytes(), FeatureSet.BRIDGE)) {
      case WasmResult.Ok<Rewritten>(Rewritten metered) -> {
        CoreModule module = metered.source();
        List<String> imports =
            module.imports().stream().map(each -> each.module() + " " + each.name()).toList();
        List<String> exports = module.exports().stream().map(ModuleExport::name).toList();
        yield new Found(List.of(metered), imports, exports, "");
      }
      case WasmResult.Failed<Rewritten> failed -> throw file.failure(failed.error());
    };
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.capability.Profile;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.guest.Guests;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.Linker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells whether a file is valid, and why not. */
@Command(
    name = "validate",
    description = "Check a component or core module, also against what a profile permits.",
    footer = {"", "Example: myrhiza wasm validate apply.wasm --profile state-apply"})
public final class ValidateCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", description = "A component or core module in binary form.")
  private @Nullable Path file;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = Profiles.Converter.class,
      description = "state-apply, state-propose, interaction or behavior.")
  private @Nullable Profile profile;

  /** Creates the command. */
  public ValidateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    WasmFile read = WasmFile.read(Objects.requireNonNull(file, "picocli requires it"));
    FeatureSet set = profile == null ? FeatureSet.BRIDGE : Guests.features(profile);
    if (read.isComponent()) {
      component(read, set);
    } else {
      module(read, set);
    }
    ObjectNode json = Terminal.object();
    json.put("valid", true);
    json.put("kind", read.kind());
    json.put("profile", profile == null ? null : profile.text());
    String under = profile == null ? "" : " under " + profile.text();
    return Answer.of(json, read.path() + ": a valid " + read.kind() + under);
  }

  private void component(WasmFile read, FeatureSet set) throws Failure {
    switch (Linker.link(read.bytes(), set)) {
      case WasmResult.Failed<Blueprint> failed -> throw read.failure(failed.error());
      case WasmResult.Ok<Blueprint> ok -> {
        if (profile != null) {
          Optional<String> refusal = Profiles.refusal(read, profile, ok.value().imports());
          if (refusal.isPresent()) {
            throw refused(read, refusal.get(), profile);
          }
        }
      }
    }
  }

  private void module(WasmFile read, FeatureSet set) throws Failure {
    if (CoreModules.decode(read.bytes(), set) instanceof WasmResult.Failed<CoreModule> failed) {
      throw read.failure(failed.error());
    }
    if (profile != null) {
      throw refused(read, "a core module; profiles take components", profile);
    }
  }

  private static Failure refused(WasmFile file, String why, Profile profile) {
    return new Failure(
        ExitCode.FAILED,
        "refused",
        file.path() + ": " + why,
        "docs/spec/capabilities.md tells what each profile may import.",
        "profile " + profile.text());
  }
}

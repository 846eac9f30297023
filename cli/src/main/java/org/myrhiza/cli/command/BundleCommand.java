// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.Consent;
import org.myrhiza.bundle.Manifest;
import org.myrhiza.bundle.Part;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.cli.tools.BundleFiles;
import org.myrhiza.jvm.store.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands around bundle files. */
final class BundleCommand {
  private BundleCommand() {}

  static Answer shown(Bundle bundle, Optional<Path> written) {
    Manifest manifest = bundle.manifest();
    ObjectNode json = Terminal.object();
    json.put("bundle", bundle.id().text());
    json.put("name", manifest.name());
    json.put("version", manifest.version());
    json.put("author", manifest.author().userText());
    json.put("bytes", bundle.encode().size());
    ArrayNode components = json.putArray("components");
    for (Part part : manifest.parts()) {
      part.profile().ifPresent(profile -> component(components.addObject(), part, profile.text()));
    }
    ArrayNode capabilities = json.putArray("capabilities");
    manifest.capabilities().forEach(capabilities::add);
    List<String> lines = new ArrayList<>(Consent.summary(manifest));
    written.ifPresent(path -> lines.add("written to " + path));
    return Answer.of(json, String.join("\n", lines));
  }

  private static void component(ObjectNode node, Part part, String profile) {
    node.put("profile", profile);
    node.put("hash", part.hash().toHex());
    node.put("bytes", part.size());
    ArrayNode imports = node.putArray("imports");
    part.imports().forEach(imports::add);
  }

  /** Builds one signed file from a folder with a manifest. */
  @Command(
      name = "build",
      description = "Build one signed bundle file from a folder with a manifest.toml.",
      footer = {"", "Example: myrhiza bundle build apps/target/counter -o counter.bundle"})
  static final class Build extends BaseCommand {
    @Parameters(paramLabel = "DIR", description = "The folder that holds manifest.toml.")
    private @Nullable Path folder;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Where to write; else NAME.bundle in the current folder.")
    private @Nullable Path output;

    Build(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      Path from = java.util.Objects.requireNonNull(folder, "picocli requires it");
      Bundle bundle =
          BundleFiles.build(from, DataFolder.choose(common().data()), PeerAccess.passphrase());
      Path to = output == null ? Path.of(bundle.manifest().name() + ".bundle") : output;
      BundleFiles.write(to, bundle);
      return shown(bundle, Optional.of(to));
    }
  }

  /** Shows what a bundle file holds, after checking every byte and the signature. */
  @Command(
      name = "inspect",
      description = "Check a bundle file, byte for byte, and show what it holds.",
      footer = {"", "Example: myrhiza bundle inspect counter.bundle --json"})
  static final class Inspect extends BaseCommand {
    @Parameters(paramLabel = "FILE", description = "The bundle file.")
    private @Nullable Path file;

    Inspect(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      Path from = java.util.Objects.requireNonNull(file, "picocli requires it");
      return shown(BundleFiles.open(from), Optional.empty());
    }
  }
}

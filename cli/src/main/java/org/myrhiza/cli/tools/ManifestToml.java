// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.tools;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bundle.DraftPart;
import org.myrhiza.bundle.Limits;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Profile;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;

/** Reads an author's {@code manifest.toml} and the files it names. Unknown keys are refused. */
final class ManifestToml {
  static final String NAME = "manifest.toml";

  private static final List<String> TOP =
      List.of("name", "version", "apply-fuel", "events", "components", "assets");
  private static final List<String> COMPONENT = List.of("path", "imports");
  private static final List<String> ASSETS = List.of("files");

  private final Path folder;

  private ManifestToml(Path folder) {
    this.folder = folder;
  }

  static BundleDraft read(Path folder) throws Failure {
    return new ManifestToml(folder).draft();
  }

  private BundleDraft draft() throws Failure {
    JsonNode root = parse();
    known(root, TOP, "");
    List<BundleDraft.Tag> tags = new ArrayList<>();
    for (Map.Entry<String, JsonNode> tag : root.path("events").properties()) {
      tags.add(new BundleDraft.Tag(whole(tag.getValue(), "events." + tag.getKey()), tag.getKey()));
    }
    List<DraftPart> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : root.path("components").properties()) {
      parts.add(component(each.getKey(), each.getValue()));
    }
    known(root.path("assets"), ASSETS, "assets.");
    for (JsonNode asset : root.path("assets").path("files")) {
      String path = text(asset, "assets.files");
      parts.add(new DraftPart(path, Optional.empty(), List.of(), content(path)));
    }
    JsonNode fuel = root.path("apply-fuel");
    return new BundleDraft(
        text(root.path("name"), "name"),
        text(root.path("version"), "version"),
        fuel.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(whole(fuel, "apply-fuel")),
        tags,
        parts);
  }

  private JsonNode parse() throws Failure {
    Path file = folder.resolve(NAME);
    try {
      long size = Files.size(file);
      if (size > Limits.MANIFEST_BYTES) {
        throw refused(size + " bytes, at most " + Limits.MANIFEST_BYTES, NAME);
      }
      return new TomlMapper().readTree(Files.readString(file));
    } catch (JacksonException malformed) {
      throw refused(malformed.getOriginalMessage(), NAME);
    } catch (IOException failed) {
      throw BundleFiles.unusable(file, failed);
    }
  }

  private DraftPart component(String profileName, JsonNode node) throws Failure {
    String at = "components." + profileName;
    Optional<Profile> profile = Profile.parse(profileName);
    if (profile.isEmpty()) {
      throw refused("unknown profile \"" + profileName + "\"", at);
    }
    known(node, COMPONENT, at + ".");
    List<String> imports = new ArrayList<>();
    for (JsonNode each : node.path("imports")) {
      imports.add(Capabilities.fullName(text(each, at + ".imports")));
    }
    String path = text(node.path("path"), at + ".path");
    return new DraftPart(path, profile, imports, content(path));
  }

  /** Reads a file below the folder; a path that leads out of it is refused. */
  private Bytes content(String path) throws Failure {
    Path root = folder.toAbsolutePath().normalize();
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root)) {
      throw refused("the path \"" + path + "\" leads out of the folder", path);
    }
    return BundleFiles.read(file);
  }

  private void known(JsonNode table, List<String> names, String prefix) throws Failure {
    for (Map.Entry<String, JsonNode> each : table.properties()) {
      if (!names.contains(each.getKey())) {
        throw refused(
            "unknown key \"" + prefix + each.getKey() + "\", allowed " + names,
            prefix + each.getKey());
      }
    }
  }

  private String text(JsonNode node, String at) throws Failure {
    if (!node.isTextual()) {
      throw refused(at + " has to be a text", at);
    }
    return node.textValue();
  }

  private int whole(JsonNode node, String at) throws Failure {
    if (!node.isInt()) {
      throw refused(at + " has to be a whole number", at);
    }
    return node.intValue();
  }

  private Failure refused(String message, String at) {
    return new Failure(
        ExitCode.FAILED,
        "manifest",
        folder.resolve(NAME) + ": " + message,
        "Compare with apps/README.md.",
        at);
  }
}

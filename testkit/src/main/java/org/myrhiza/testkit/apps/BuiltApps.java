// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.apps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.myrhiza.bundle.BuiltBundle;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.BundleBuilder;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bundle.DraftPart;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Capability;
import org.myrhiza.capability.Permission;
import org.myrhiza.capability.Profile;
import org.myrhiza.capability.Surface;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.vectors.VectorFiles;

/**
 * The example apps {@code chat}, {@code counter}, {@code counter-step2} (the same sources, one
 * constant changed) and {@code poll}, and the fixture components, for any suite. A file that is not
 * built fails the calling test and says how to build it.
 */
public final class BuiltApps {
  private static final String TARGET = "target/";

  private BuiltApps() {}

  /** Returns the component of an app. */
  public static Bytes component(String app, Profile profile) {
    JsonValue entry = manifest(app).at("components").at(profile.text());
    return read(app + "/" + entry.at("path").text());
  }

  /** Returns a fixture component, by its name in {@code apps/fixtures/fixtures.mjs}. */
  public static Bytes fixture(String name) {
    return read("fixtures/" + name + ".wasm");
  }

  /** Returns the draft of an app, from its manifest. */
  public static BundleDraft draft(String app) {
    JsonValue manifest = manifest(app);
    List<BundleDraft.Tag> tags = new ArrayList<>();
    manifest
        .at("events")
        .object()
        .members()
        .forEach((name, tag) -> tags.add(new BundleDraft.Tag((int) tag.number(), name)));
    List<DraftPart> parts = new ArrayList<>();
    manifest
        .at("components")
        .object()
        .members()
        .forEach((profile, entry) -> parts.add(part(app, profile, entry)));
    OptionalLong fuel =
        manifest.has("apply-fuel")
            ? OptionalLong.of(manifest.at("apply-fuel").number())
            : OptionalLong.empty();
    return new BundleDraft(
        manifest.at("name").text(), manifest.at("version").text(), fuel, tags, parts);
  }

  /**
   * Returns the counter's draft with another component for one profile, which gets every import
   * that its profile permits: the way to run a fixture as an app.
   */
  public static BundleDraft draftWith(Profile profile, Bytes component) {
    BundleDraft counter = draft("counter");
    List<DraftPart> parts = new ArrayList<>();
    for (DraftPart part : counter.parts()) {
      boolean replaced = part.profile().equals(Optional.of(profile));
      parts.add(
          replaced
              ? new DraftPart(part.path(), part.profile(), permitted(profile), component)
              : part);
    }
    return new BundleDraft(
        counter.name(), counter.version(), counter.applyFuel(), counter.tags(), parts);
  }

  /**
   * Builds and signs a draft.
   *
   * @param draft a draft that keeps all rules
   * @param author the key that signs
   * @param signer makes the author's signature over a message
   */
  public static Bundle signed(
      BundleDraft draft, PublicKey author, Function<Bytes, Signature> signer) {
    return switch (BundleBuilder.build(draft, author)) {
      case BuiltBundle.Unsigned unsigned -> unsigned.signed(signer.apply(unsigned.messageToSign()));
      case BuiltBundle.Refused refused -> throw new IllegalArgumentException(refused.message());
    };
  }

  private static List<String> permitted(Profile profile) {
    List<String> names = new ArrayList<>();
    for (Capability row : Capabilities.matrix()) {
      if (row.surface() == Surface.FUNCTIONS && row.permission(profile) != Permission.NEVER) {
        names.add(row.name());
      }
    }
    return names;
  }

  private static DraftPart part(String app, String profile, JsonValue entry) {
    List<String> imports = new ArrayList<>();
    for (JsonValue name : entry.at("imports").items()) {
      imports.add(name.text());
    }
    String path = entry.at("path").text();
    return new DraftPart(path, Profile.parse(profile), imports, read(app + "/" + path));
  }

  private static JsonValue manifest(String app) {
    return Json.parse(VectorFiles.built(TARGET + app + "/manifest.json"));
  }

  private static Bytes read(String path) {
    return Bytes.adopt(VectorFiles.built(TARGET + path));
  }
}

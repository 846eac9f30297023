// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.MalformedInput;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Profile;
import org.myrhiza.event.BundleId;
import org.myrhiza.hash.HashContext;
import org.myrhiza.identity.PublicKey;

/**
 * What an author signs: everything that a bundle holds and asks for. Its canonical bytes are the
 * identity of the bundle ({@code docs/spec/bundle.md}).
 *
 * @param name the app's name: lower-case letters, digits and hyphens, 1 to 64 bytes; a label only
 * @param version a label for people, 1 to 32 bytes
 * @param author the long-term key that signs the bundle
 * @param applyFuel fuel of one apply call, 1 to 10,000,000 units
 * @param tags names of payload tags, strictly ascending by tag
 * @param parts all parts, strictly ascending by path; exactly one component for each of
 *     state-apply, state-propose and interaction
 */
public record Manifest(
    String name,
    String version,
    PublicKey author,
    long applyFuel,
    List<EventTag> tags,
    List<Part> parts) {
  /** The version of the format that this code writes and reads. */
  static final int FORMAT = 0;

  /** The canonical form. */
  public static final Codec<Manifest> CODEC = Codec.of(Manifest::write, Manifest::read);

  private static final HashContext ID = HashContext.of("bundle");
  private static final int ASSET = 0;

  private static final Codec<EventTag> TAG_CODEC = Codec.of(Manifest::writeTag, Manifest::readTag);
  private static final Codec<Part> PART_CODEC = Codec.of(Manifest::writePart, Manifest::readPart);
  private static final Codec<String> IMPORT_CODEC = Codec.text(Limits.IMPORT_BYTES);

  /** Checks all rules but those that only the parts' bytes can prove. */
  public Manifest {
    tags = List.copyOf(tags);
    parts = List.copyOf(parts);
    Fault fault = fault(name, version, applyFuel, tags, parts);
    if (fault != null) {
      throw fault.asBug();
    }
  }

  private static @Nullable Fault fault(
      String name, String version, long applyFuel, List<EventTag> tags, List<Part> parts) {
    Fault fault = Rules.name("name of the app", name);
    fault = fault != null ? fault : Rules.version(version);
    fault = fault != null ? fault : Rules.fuel(applyFuel);
    fault = fault != null ? fault : Rules.tags(tags);
    return fault != null ? fault : Rules.parts(parts);
  }

  /** Returns the bundle's id, over the canonical bytes; it is what the author signs. */
  public BundleId id() {
    return new BundleId(ID.hash(CODEC.encode(this)));
  }

  /** Returns the one component of the profile. */
  public Optional<Part> component(Profile profile) {
    return parts.stream().filter(part -> part.profile().equals(Optional.of(profile))).findFirst();
  }

  /** Returns the part of that path. */
  public Optional<Part> part(String path) {
    return parts.stream().filter(part -> part.path().equals(path)).findFirst();
  }

  /** Returns the name of a payload tag, if the manifest has one for it. */
  public Optional<String> tagName(int tag) {
    return Optional.ofNullable(EventTag.find(tags, tag)).map(EventTag::name);
  }

  /** Returns the short names of all imports that any component declares, ascending. */
  public List<String> capabilities() {
    TreeSet<String> names = new TreeSet<>();
    for (Part part : parts) {
      for (String name : part.imports()) {
        names.add(Capabilities.shortName(name));
      }
    }
    return new ArrayList<>(names);
  }

  private static void write(CanonicalWriter writer, Manifest manifest) {
    writer.u8(FORMAT);
    writer.text(manifest.name, Limits.NAME_BYTES);
    writer.text(manifest.version, Limits.VERSION_BYTES);
    PublicKey.CODEC.write(writer, manifest.author);
    writer.leb(manifest.applyFuel);
    writer.list(manifest.tags, Limits.TAGS, TAG_CODEC);
    writer.list(manifest.parts, Limits.PARTS, PART_CODEC);
  }

  private static Manifest read(CanonicalReader reader) {
    reader.version(FORMAT);
    String name = reader.at("name of the app").text(Limits.NAME_BYTES);
    String version = reader.at("version of the app").text(Limits.VERSION_BYTES);
    PublicKey author = PublicKey.CODEC.read(reader.at("author"));
    long fuel = reader.at("apply-fuel").lebLong(1, Limits.APPLY_FUEL_MAX);
    List<EventTag> tags = reader.at("event tags").list(Limits.TAGS, TAG_CODEC);
    List<Part> parts = reader.at("parts").list(Limits.PARTS, PART_CODEC);
    Fault fault = fault(name, version, fuel, tags, parts);
    if (fault != null) {
      throw refused(reader, fault);
    }
    return new Manifest(name, version, author, fuel, tags, parts);
  }

  private static void writeTag(CanonicalWriter writer, EventTag tag) {
    writer.lebInt(tag.tag(), Integer.MAX_VALUE).text(tag.name(), Limits.NAME_BYTES);
  }

  private static EventTag readTag(CanonicalReader reader) {
    int tag = reader.at("event tag").lebInt(Integer.MAX_VALUE);
    String name = reader.text(Limits.NAME_BYTES);
    Fault fault = Rules.tag(tag, name);
    if (fault != null) {
      throw refused(reader, fault);
    }
    return new EventTag(tag, name);
  }

  private static void writePart(CanonicalWriter writer, Part part) {
    writer.text(part.path(), Limits.PATH_BYTES);
    writer.u8(part.profile().map(profile -> Rules.PROFILES.indexOf(profile) + 1).orElse(ASSET));
    if (part.profile().isPresent()) {
      writer.list(part.imports(), Limits.IMPORTS, IMPORT_CODEC);
    }
    writer.lebInt(part.size(), Limits.PARTS_BYTES);
    writer.fixed(part.hash());
  }

  private static Part readPart(CanonicalReader reader) {
    String path = reader.at("path of a part").text(Limits.PATH_BYTES);
    int kind = reader.at("kind of a part").choice(Rules.PROFILES.size() + 1);
    Optional<Profile> profile =
        kind == ASSET ? Optional.empty() : Optional.of(Rules.PROFILES.get(kind - 1));
    List<String> imports =
        profile.isEmpty()
            ? List.of()
            : reader.at("imports of a part").list(Limits.IMPORTS, IMPORT_CODEC);
    int size = reader.at("size of a part").lebInt(Limits.PARTS_BYTES);
    Bytes hash = reader.at("hash of a part").fixed(Rules.HASH_BYTES);
    Fault fault = Rules.part(path, profile, imports, size, hash);
    if (fault != null) {
      throw refused(reader, fault);
    }
    return new Part(path, profile, imports, size, hash);
  }

  private static MalformedInput refused(CanonicalReader reader, Fault fault) {
    return reader.fail(fault.what(), fault.seen(), fault.allowed());
  }

  /** Returns the canonical bytes. */
  Bytes encode() {
    return CODEC.encode(this);
  }
}

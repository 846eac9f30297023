// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.ImportCheck;
import org.myrhiza.capability.ImportVerdict;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.PublicKey;

/** Turns an author's draft into the canonical manifest, or says which rule it breaks. */
public final class BundleBuilder {
  private BundleBuilder() {}

  /**
   * Builds the manifest: parts in order of their paths with size and hash, imports by full name,
   * the default fuel where the author does not say.
   *
   * @param draft what the author wrote
   * @param author the key that will sign
   */
  public static BuiltBundle build(BundleDraft draft, PublicKey author) {
    long fuel = draft.applyFuel().orElse(Limits.APPLY_FUEL_DEFAULT);
    List<DraftPart> sorted = new ArrayList<>(draft.parts());
    sorted.sort(Comparator.comparing(DraftPart::path));
    List<EventTag> tags = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    Fault fault =
        first(Rules.name("name of the app", draft.name()), Rules.version(draft.version()));
    fault = first(fault, Rules.fuel(fuel));
    fault = first(fault, tags(draft, tags));
    fault = first(fault, parts(sorted, parts));
    fault = first(fault, Rules.tags(tags));
    fault = first(fault, Rules.parts(parts));
    if (fault != null) {
      return new BuiltBundle.Refused(fault.what(), fault.seen(), fault.allowed());
    }
    Manifest manifest = new Manifest(draft.name(), draft.version(), author, fuel, tags, parts);
    return fitting(manifest, sorted.stream().map(DraftPart::content).toList());
  }

  private static @Nullable Fault first(@Nullable Fault fault, @Nullable Fault next) {
    return fault != null ? fault : next;
  }

  private static BuiltBundle fitting(Manifest manifest, List<Bytes> contents) {
    int manifestBytes = manifest.encode().size();
    if (manifestBytes > Limits.MANIFEST_BYTES) {
      String most = "at most " + Limits.MANIFEST_BYTES;
      return new BuiltBundle.Refused("size of the manifest", manifestBytes + " bytes", most);
    }
    return new BuiltBundle.Unsigned(manifest, contents);
  }

  private static @Nullable Fault tags(BundleDraft draft, List<EventTag> tags) {
    List<BundleDraft.Tag> sorted = new ArrayList<>(draft.tags());
    sorted.sort(Comparator.comparingInt(BundleDraft.Tag::tag));
    for (BundleDraft.Tag tag : sorted) {
      Fault fault = Rules.tag(tag.tag(), tag.name());
      if (fault != null) {
        return fault;
      }
      tags.add(new EventTag(tag.tag(), tag.name()));
    }
    return null;
  }

  private static @Nullable Fault parts(List<DraftPart> drafts, List<Part> parts) {
    for (DraftPart draft : drafts) {
      List<String> imports = imports(draft);
      int size = draft.content().size();
      Bytes hash = Blake3.hash(draft.content());
      Fault fault = Rules.part(draft.path(), draft.profile(), imports, size, hash);
      fault = first(fault, denied(draft));
      if (fault != null) {
        return fault;
      }
      parts.add(new Part(draft.path(), draft.profile(), imports, size, hash));
    }
    return null;
  }

  private static List<String> imports(DraftPart draft) {
    TreeSet<String> names = new TreeSet<>();
    for (String written : draft.imports()) {
      names.add(Capabilities.fullName(written));
    }
    return new ArrayList<>(names);
  }

  private static @Nullable Fault denied(DraftPart draft) {
    if (draft.profile().isEmpty()) {
      return null;
    }
    ImportVerdict verdict =
        ImportCheck.declared(draft.path(), draft.profile().get(), imports(draft));
    return switch (verdict) {
      case ImportVerdict.Linkable() -> null;
      case ImportVerdict.Unlinkable unlinkable ->
          new Fault("imports", unlinkable.message(), "see docs/spec/capabilities.md");
    };
  }
}

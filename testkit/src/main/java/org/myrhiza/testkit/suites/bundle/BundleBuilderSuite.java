// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.myrhiza.bundle.BuiltBundle;
import org.myrhiza.bundle.BundleBuilder;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bundle.Consent;
import org.myrhiza.bundle.DraftPart;
import org.myrhiza.bundle.Limits;
import org.myrhiza.bundle.Manifest;
import org.myrhiza.bundle.Part;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;
import org.myrhiza.testkit.suite.Proves;

/** From an author's draft to the canonical manifest, and each rule that a draft may break. */
public final class BundleBuilderSuite {
  /** Makes the suite. */
  public BundleBuilderSuite() {}

  @Test
  void build_anyOrder_givesOneManifest() {
    List<DraftPart> reversed = new ArrayList<>(Samples.parts());
    reversed.sort((a, b) -> b.path().compareTo(a.path()));
    Manifest manifest = Samples.unsigned(Samples.draft()).manifest();
    assertEquals(manifest, Samples.unsigned(Samples.draft(reversed)).manifest());
    assertEquals(Limits.APPLY_FUEL_DEFAULT, manifest.applyFuel());
    List<String> paths = manifest.parts().stream().map(Part::path).toList();
    assertEquals(
        List.of("apply.wasm", "assets/empty.txt", "interaction.wasm", "propose.wasm"), paths);
    assertEquals(
        List.of("myrhiza:kernel/state-read@0.1.0", "myrhiza:kernel/state-write@0.1.0"),
        manifest.parts().get(0).imports());
  }

  @Test
  void build_pathsThatCouldLeaveTheBundle_areRefused() {
    for (String path :
        List.of("", "/a", "a/", "a//b", "..", "../a", "a/../b", ".a", "a/.b", "A", "a b", "a\\b")) {
      assertEquals("path of a part", refusedWith(asset(path)), path);
    }
    assertEquals("path of a part", refusedWith(asset("x".repeat(Limits.PATH_BYTES + 1))));
    for (String path : List.of("a", "a..b", "a/b.c-d_e", "0", "x".repeat(Limits.PATH_BYTES))) {
      Samples.unsigned(Samples.draft(with(asset(path))));
    }
  }

  @Test
  @Proves("BUNDLE-1")
  void build_componentsOfAProfile_areExactlyOne() {
    assertEquals(
        "components of profile interaction",
        refused(Samples.draft(without("interaction.wasm"))).what());
    assertEquals(
        "components of profile state-apply",
        refusedWith(Samples.part("second.wasm", Profile.STATE_APPLY)));
    assertEquals("profile of acts.wasm", refusedWith(Samples.part("acts.wasm", Profile.BEHAVIOR)));
    assertEquals("parts", refusedWith(Samples.part("apply.wasm", Profile.STATE_APPLY)));
  }

  @Test
  void build_importThatTheProfileDenies_namesAllThree() {
    List<DraftPart> parts = without("apply.wasm");
    parts.add(Samples.part("apply.wasm", Profile.STATE_APPLY, "state-read", "self"));
    BuiltBundle.Refused refused = refused(Samples.draft(parts));
    assertEquals(
        "component apply.wasm of profile state-apply imports self, which its profile denies;"
            + " do without it",
        refused.seen());
  }

  @Test
  void build_importsOfWhatIsNoComponent_areRefused() {
    DraftPart odd = new DraftPart("a.txt", Optional.empty(), List.of("topic"), Bytes.EMPTY);
    assertEquals("imports of a.txt", refusedWith(odd));
  }

  @Test
  @Proves({"BUNDLE-1", "BUNDLE-4"})
  void build_namesThatCouldMislead_areRefused() {
    for (String name : List.of("", "Counter", "1st", "a\nb", "caf\u00e9", "x".repeat(65))) {
      assertEquals("name of the app", refused(named(name, "1", 1)).what(), name);
    }
    for (String version : List.of("", "1 0", "1\n", "x".repeat(33))) {
      assertEquals("version of the app", refused(named("a", version, 1)).what(), version);
    }
    assertEquals("apply-fuel", refused(named("a", "1", 0)).what());
    assertEquals("apply-fuel", refused(named("a", "1", Limits.APPLY_FUEL_MAX + 1)).what());
    Samples.unsigned(named("a", "1", Limits.APPLY_FUEL_MAX));
  }

  @Test
  @Proves("BUNDLE-1")
  void build_tags_areUniqueAndPositive() {
    assertEquals("event tag", refused(tagged(0, "a", 1, "b")).what());
    assertEquals("event tags", refused(tagged(1, "a", 1, "b")).what());
    assertEquals("event tags", refused(tagged(1, "a", 2, "a")).what());
    assertEquals("name of event tag 2", refused(tagged(1, "a", 2, "B")).what());
  }

  @Test
  void build_moreBytesThanABundleHolds_areRefused() {
    Bytes half = Bytes.adopt(new byte[Limits.PARTS_BYTES / 2]);
    List<DraftPart> parts = Samples.parts();
    parts.add(new DraftPart("x", Optional.empty(), List.of(), half));
    Samples.unsigned(Samples.draft(parts));
    parts.add(new DraftPart("y", Optional.empty(), List.of(), half));
    assertEquals("size of all parts", refused(Samples.draft(parts)).what());
  }

  @Test
  @Proves("BUNDLE-4")
  void consent_appThatAsksForNothing_saysSo() {
    List<DraftPart> parts =
        List.of(
            Samples.part("a", Profile.STATE_APPLY),
            Samples.part("b", Profile.STATE_PROPOSE),
            Samples.part("c", Profile.INTERACTION));
    List<String> lines = Consent.summary(Samples.unsigned(Samples.draft(parts)).manifest());
    assertEquals("sample 1.0.0-rc.1", lines.get(0));
    assertEquals("This app asks for nothing.", lines.get(3));
  }

  private static DraftPart asset(String path) {
    return new DraftPart(path, Optional.empty(), List.of(), Bytes.of(1));
  }

  private static List<DraftPart> with(DraftPart part) {
    List<DraftPart> parts = Samples.parts();
    parts.add(part);
    return parts;
  }

  private static List<DraftPart> without(String path) {
    List<DraftPart> parts = Samples.parts();
    parts.removeIf(part -> part.path().equals(path));
    return parts;
  }

  private static BundleDraft named(String name, String version, long fuel) {
    return new BundleDraft(name, version, OptionalLong.of(fuel), List.of(), Samples.parts());
  }

  private static BundleDraft tagged(int tag, String name, int secondTag, String secondName) {
    List<BundleDraft.Tag> tags =
        List.of(new BundleDraft.Tag(tag, name), new BundleDraft.Tag(secondTag, secondName));
    return new BundleDraft("a", "1", OptionalLong.empty(), tags, Samples.parts());
  }

  private static String refusedWith(DraftPart part) {
    return refused(Samples.draft(with(part))).what();
  }

  private static BuiltBundle.Refused refused(BundleDraft draft) {
    return assertInstanceOf(BuiltBundle.Refused.class, BundleBuilder.build(draft, Samples.AUTHOR));
  }
}

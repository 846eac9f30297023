// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bundle.BuiltBundle;
import org.myrhiza.bundle.BundleBuilder;
import org.myrhiza.bundle.Part;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Capability;
import org.myrhiza.capability.ImportCheck;
import org.myrhiza.capability.ImportVerdict;
import org.myrhiza.capability.ImportVerdict.Reason;
import org.myrhiza.capability.ImportVerdict.Unlinkable;
import org.myrhiza.capability.Profile;
import org.myrhiza.capability.Surface;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.wasm.core.FeatureSet;

/** What the build of {@code apps/} makes is what the manifests say and the rules ask for. */
public final class BuiltAppsSuite {
  private static final PublicKey AUTHOR = new PublicKey(Bytes.adopt(new byte[32]));
  private static final List<String> APPS = List.of("chat", "counter", "counter-step2", "poll");
  private static final List<Profile> PROFILES =
      List.of(Profile.STATE_APPLY, Profile.STATE_PROPOSE, Profile.INTERACTION);

  /** Fixtures that are admitted, whatever their calls do. */
  private static final List<String> ADMITTED =
      List.of(
          "call-counter",
          "endless-loop",
          "endless-recursion",
          "fork-watcher",
          "imports",
          "limits",
          "memory-hog",
          "rejecter",
          "trap");

  /** Makes the suite. */
  public BuiltAppsSuite() {}

  @Test
  void manifests_declareExactlyWhatTheComponentsImport() {
    for (String app : APPS) {
      BuiltBundle.Unsigned built =
          assertInstanceOf(
              BuiltBundle.Unsigned.class, BundleBuilder.build(BuiltApps.draft(app), AUTHOR), app);
      for (Profile profile : PROFILES) {
        Part part = built.manifest().component(profile).orElseThrow();
        List<String> functions = new ArrayList<>();
        List<String> imported = BuiltComponents.imports(BuiltApps.component(app, profile));
        for (String name : imported) {
          Capability row = Capabilities.find(name).orElseThrow();
          if (row.surface() != Surface.TYPES) {
            functions.add(name);
          }
        }
        functions.sort(null);
        assertEquals(part.imports(), functions, app + " " + profile.text());
      }
    }
  }

  @Test
  void components_ofAllProfiles_keepTheDeterministicSet() {
    for (String app : APPS) {
      for (Profile profile : PROFILES) {
        Bytes component = BuiltApps.component(app, profile);
        assertEquals(
            List.of(),
            BuiltComponents.refusals(component, FeatureSet.DETERMINISTIC),
            app + " " + profile.text());
      }
    }
    for (String fixture : ADMITTED) {
      Bytes component = BuiltApps.fixture(fixture);
      assertEquals(
          List.of(), BuiltComponents.refusals(component, FeatureSet.DETERMINISTIC), fixture);
      assertInstanceOf(ImportVerdict.Linkable.class, check(Profile.STATE_APPLY, fixture), fixture);
    }
  }

  @Test
  void counterWithAStepOfTwo_differsInItsRulesOnly() {
    assertNotEquals(
        BuiltApps.component("counter", Profile.STATE_APPLY),
        BuiltApps.component("counter-step2", Profile.STATE_APPLY));
    for (Profile profile : List.of(Profile.STATE_PROPOSE, Profile.INTERACTION)) {
      assertEquals(
          BuiltApps.component("counter", profile), BuiltApps.component("counter-step2", profile));
    }
  }

  @Test
  void floatFixture_isRefusedBecauseOfItsFloats() {
    List<String> refusals =
        BuiltComponents.refusals(BuiltApps.fixture("float"), FeatureSet.DETERMINISTIC);
    assertEquals(1, refusals.size());
    assertTrue(refusals.getFirst().contains("f64"), refusals.getFirst());
    assertEquals(
        List.of(), BuiltComponents.refusals(BuiltApps.fixture("float"), FeatureSet.INTERACTIVE));
  }

  @Test
  void fixtureWithTooMuchMemory_isRefused() {
    assertFalse(
        BuiltComponents.refusals(BuiltApps.fixture("memory-over"), FeatureSet.DETERMINISTIC)
            .isEmpty());
  }

  @Test
  void overImportingFixtures_areUnlinkableByName() {
    assertUnlinkable(Profile.STATE_APPLY, "over-import", "self", Reason.DENIED);
    assertUnlinkable(Profile.STATE_APPLY, "foreign-import", "nowhere", Reason.UNKNOWN);
    assertUnlinkable(Profile.INTERACTION, "asking-view", "author", Reason.DENIED);
    assertUnlinkable(Profile.INTERACTION, "writing-view", "state-write", Reason.DENIED);
  }

  private static void assertUnlinkable(
      Profile profile, String fixture, String shortName, Reason reason) {
    String name = Capabilities.fullName(shortName);
    assertEquals(new Unlinkable(fixture, profile, name, reason), check(profile, fixture));
  }

  /** Checks a fixture as if its manifest declared everything. */
  private static ImportVerdict check(Profile profile, String fixture) {
    List<String> imported = BuiltComponents.imports(BuiltApps.fixture(fixture));
    return ImportCheck.check(fixture, profile, imported, imported);
  }
}

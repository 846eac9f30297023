// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Capability;
import org.myrhiza.capability.ImportCheck;
import org.myrhiza.capability.ImportVerdict;
import org.myrhiza.capability.ImportVerdict.Reason;
import org.myrhiza.capability.ImportVerdict.Unlinkable;
import org.myrhiza.capability.Profile;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The matrix against its golden copy, and the rule that links only what is permitted. */
public final class CapabilitySuite {
  private static final String PATH = "apply.wasm";

  /** Makes the suite. */
  public CapabilitySuite() {}

  @Test
  @Proves("CAPABILITIES-2")
  void matrix_everyRow_isTheGoldenOne() {
    List<String> rows = new ArrayList<>();
    for (Capability row : Capabilities.matrix()) {
      List<String> cells = new ArrayList<>();
      for (Profile profile : Profile.values()) {
        cells.add(row.permission(profile).text());
      }
      rows.add(row.name() + " | " + row.surface().text() + " | " + String.join(" | ", cells));
    }
    List<String> golden = new ArrayList<>();
    for (JsonValue row : Json.parse(VectorFiles.spec("capabilities.json")).at("rows").items()) {
      golden.add(row.text());
    }
    assertEquals(golden, rows);
  }

  @Test
  @Proves("CAPABILITIES-1")
  void names_shortAndFull_areOneImport() {
    String full = "myrhiza:kernel/state-read@0.1.0";
    assertEquals(full, Capabilities.fullName("state-read"));
    assertEquals(full, Capabilities.fullName(full));
    assertEquals("state-read", Capabilities.shortName(full));
    assertEquals("wasi:io/streams@0.2.0", Capabilities.fullName("wasi:io/streams@0.2.0"));
    assertTrue(Capabilities.find(full).isPresent());
    assertEquals(Optional.empty(), Capabilities.find("myrhiza:kernel/state-read@0.2.0"));
    assertEquals(Optional.empty(), Capabilities.find("state-read"));
  }

  @Test
  @Proves("CAPABILITIES-1")
  void check_permittedAndDeclared_isLinkable() {
    List<String> declared = names("state-read", "state-write", "topic");
    assertInstanceOf(
        ImportVerdict.Linkable.class,
        ImportCheck.check(
            PATH, Profile.STATE_APPLY, declared, names("types", "state-write", "state-read")));
  }

  @Test
  @Proves("CAPABILITIES-1")
  void check_notDeclared_namesImportProfileAndComponent() {
    Unlinkable refused =
        refused(Profile.STATE_APPLY, names("state-read"), names("state-read", "topic"));
    assertEquals(Reason.UNDECLARED, refused.reason());
    assertEquals("myrhiza:kernel/topic@0.1.0", refused.importName());
    assertEquals(
        "component apply.wasm of profile state-apply imports topic, which its manifest does not"
            + " declare; add it to imports",
        refused.message());
  }

  @Test
  @Proves("CAPABILITIES-1")
  void check_deniedByProfile_isRefusedThoughDeclared() {
    List<String> self = names("self");
    Unlinkable refused = refused(Profile.STATE_APPLY, self, self);
    assertEquals(Reason.DENIED, refused.reason());
    assertEquals(
        "component apply.wasm of profile state-apply imports self, which its profile denies;"
            + " do without it",
        refused.message());
    List<String> write = names("state-write");
    assertEquals(Reason.DENIED, refused(Profile.INTERACTION, write, write).reason());
    assertEquals(Reason.DENIED, refused(Profile.STATE_PROPOSE, write, write).reason());
    List<String> camera = names("camera");
    for (Profile profile : Profile.values()) {
      assertEquals(Reason.DENIED, refused(profile, camera, camera).reason());
    }
  }

  @Test
  void check_decidedButNotOffered_saysSo() {
    List<String> clock = names("clock");
    assertEquals(Reason.LATER, refused(Profile.INTERACTION, clock, clock).reason());
    assertEquals(Reason.DENIED, refused(Profile.STATE_APPLY, clock, clock).reason());
  }

  @Test
  void check_unknownImport_isRefusedThoughDeclared() {
    List<String> foreign = List.of("wasi:clocks/wall-clock@0.2.0");
    assertEquals(Reason.UNKNOWN, refused(Profile.INTERACTION, foreign, foreign).reason());
    List<String> newer = List.of("myrhiza:kernel/state-read@0.2.0");
    assertEquals(Reason.UNKNOWN, refused(Profile.INTERACTION, newer, newer).reason());
  }

  @Test
  @Proves("CAPABILITIES-1")
  void check_interfaceOfTypes_needsNoDeclarationButItsProfile() {
    assertInstanceOf(
        ImportVerdict.Linkable.class,
        ImportCheck.check(PATH, Profile.INTERACTION, List.of(), names("types", "ui")));
    assertEquals(
        Reason.DENIED, refused(Profile.STATE_APPLY, List.of(), names("types", "ui")).reason());
  }

  private static Unlinkable refused(Profile profile, List<String> declared, List<String> imported) {
    return assertInstanceOf(Unlinkable.class, ImportCheck.check(PATH, profile, declared, imported));
  }

  private static List<String> names(String... written) {
    List<String> full = new ArrayList<>();
    for (String name : written) {
      full.add(Capabilities.fullName(name));
    }
    return full;
  }
}

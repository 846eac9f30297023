// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.myrhiza.testkit.suites.apps.RunningApp.BUDGET;
import static org.myrhiza.testkit.suites.apps.RunningApp.FOUNDER;
import static org.myrhiza.testkit.suites.apps.RunningApp.OTHER;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Profile;
import org.myrhiza.guest.Admission;
import org.myrhiza.guest.ApplyOutcome;
import org.myrhiza.guest.Guests;
import org.myrhiza.guest.ProfileComponent;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The fixture components: refused, stopped or reset, with the same fuel on every engine. */
public final class FixtureCallsSuite {
  private static final long MOST_FUEL = 10_000_000;

  /** Makes the suite. */
  public FixtureCallsSuite() {}

  private static RunningApp running(String fixture) {
    return new RunningApp(BuiltApps.draftWith(Profile.STATE_APPLY, BuiltApps.fixture(fixture)));
  }

  private static RunningApp runningAny(String name) {
    boolean app = name.equals("counter") || name.equals("counter-step2") || name.equals("poll");
    BundleDraft draft =
        app
            ? BuiltApps.draft(name)
            : BuiltApps.draftWith(Profile.STATE_APPLY, BuiltApps.fixture(name));
    return new RunningApp(draft);
  }

  @Test
  @Proves("METERING-7")
  void everyCall_costsItsFrozenFuel() {
    JsonValue golden = Json.parse(VectorFiles.spec("fixture-fuel.json"));
    List<String> expected = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (JsonValue call : golden.at("calls").items()) {
      String name = call.at("component").text();
      RunningApp app = runningAny(name);
      if (call.has("before")) {
        assertEquals("accepted", app.apply(FOUNDER, 0, Bytes.adopt(call.at("before").hex())));
      }
      app.forked(call.has("forked"));
      int tag = (int) call.at("tag").number();
      Bytes body = Bytes.adopt(call.at("body").hex());
      String what = name + " tag " + tag + " body " + body.toHex() + ": ";
      expected.add(what + call.at("outcome").text() + " " + call.at("fuel").number());
      seen.add(what + measured(app.outcome(FOUNDER, tag, body, BUDGET)));
    }
    assertEquals(String.join("\n", expected), String.join("\n", seen));
  }

  /** The outcome as far as all peers agree on it: traps and the rest charge the whole budget. */
  private static String measured(ApplyOutcome outcome) {
    return switch (outcome) {
      case ApplyOutcome.Accepted accepted -> "accepted " + accepted.fuel();
      case ApplyOutcome.Rejected rejected -> "rejected " + rejected.fuel();
      case ApplyOutcome.Trapped trapped -> "trapped " + BUDGET;
      case ApplyOutcome.OutOfFuel out -> "out-of-fuel " + BUDGET;
      case ApplyOutcome.HostFailure failure -> "host failure: " + failure.reason();
    };
  }

  @Test
  @Proves("COMPONENT-8")
  void callCounter_afterAnyCall_answersOne() {
    RunningApp app = running("call-counter");
    assertEquals("accepted", app.create());
    for (int round = 0; round < 3; round++) {
      assertEquals("global 1, memory 1", app.apply(OTHER, 2, Bytes.EMPTY));
      assertEquals("accepted", app.apply(OTHER, 1, Bytes.EMPTY));
      assertEquals(Bytes.of(1, 1), app.stored("calls"));
      assertTrue(app.apply(OTHER, 3, Bytes.EMPTY).startsWith("trapped"));
      assertEquals("global 1, memory 1, pages 4", app.apply(OTHER, 4, Bytes.EMPTY));
    }
  }

  @Test
  @Proves("COMPONENT-9")
  void endlessFixtures_areStoppedAndLeaveNothingBehind() {
    RunningApp loop = running("endless-loop");
    assertEquals("out of fuel", loop.apply(OTHER, 1, Bytes.EMPTY));
    assertEquals("accepted", loop.create());
    RunningApp recursion = running("endless-recursion");
    for (int round = 0; round < 2; round++) {
      String end = recursion.apply(OTHER, 1, Bytes.EMPTY);
      assertTrue(end.startsWith("trapped") || end.equals("out of fuel"), end);
      assertEquals("accepted", recursion.create());
    }
  }

  @Test
  void memoryHog_paysForItsMemoryAndStopsAtItsMaximum() {
    RunningApp hog = running("memory-hog");
    assertEquals("out of fuel", hog.apply(OTHER, 1, Bytes.EMPTY));
    ApplyOutcome.Rejected full =
        assertInstanceOf(
            ApplyOutcome.Rejected.class, hog.outcome(OTHER, 64, Bytes.EMPTY, MOST_FUEL));
    assertEquals("No more than 961 pages.", full.reason());
  }

  @Test
  @Proves({"COMPONENT-9", "STATE-2"})
  void traps_ofEachKind_writeNothing() {
    RunningApp app = running("trap");
    for (int tag = 1; tag <= 5; tag++) {
      String end = app.apply(OTHER, tag, Bytes.EMPTY);
      assertTrue(end.startsWith("trapped"), "tag " + tag + ": " + end);
      assertEquals(0, app.entries());
    }
    assertEquals("accepted", app.apply(OTHER, 6, Bytes.EMPTY));
    assertEquals(1, app.entries());
  }

  @Test
  @Proves("STATE-3")
  void limitsOfTheState_areReachedExactlyAndPassedByOne() {
    for (int tag = 1; tag <= 6; tag++) {
      RunningApp app = running("limits");
      String within = RunningApp.words(app.outcome(OTHER, tag, Bytes.EMPTY, MOST_FUEL));
      assertEquals(tag == 5 ? "0 entries." : "accepted", within, "tag " + tag);
      long entries = app.entries();
      String past = RunningApp.words(app.outcome(OTHER, tag, Bytes.of(0), MOST_FUEL));
      assertFalse(past.equals("accepted") || past.startsWith("host"), "tag " + tag + ": " + past);
      assertEquals(entries, app.entries());
    }
  }

  @Test
  void rejecter_rejectsAllButItsCreation() {
    RunningApp app = running("rejecter");
    assertEquals("accepted", app.create());
    assertEquals("This app rejects everything.", app.act(OTHER, "add"));
  }

  @Test
  void imports_answerWhatTheHostKnows() {
    JsonValue signed = Json.parse(VectorFiles.spec("bundle.json"));
    Bytes body =
        Bytes.concat(
            Bytes.adopt(signed.at("author").hex()),
            Bytes.adopt(signed.at("signature").hex()),
            Bytes.adopt(signed.at("idBytes").hex()));
    RunningApp app = running("imports");
    assertEquals("accepted", app.apply(OTHER, 5, body));
    assertEquals(RunningApp.EVENT, app.stored("import/event/id"));
    assertEquals(OTHER, app.stored("import/event/principal"));
    assertEquals(RunningApp.SIGNER, app.stored("import/event/signer"));
    assertEquals(u64(RunningApp.MILLIS), app.stored("import/event/millis"));
    assertEquals(u64(RunningApp.COUNTER), app.stored("import/event/counter"));
    assertEquals(u64(5), app.stored("import/event/tag"));
    assertEquals(body, app.stored("import/event/body"));
    assertEquals(RunningApp.TOPIC, app.stored("import/topic/id"));
    assertEquals(FOUNDER, app.stored("import/topic/founder"));
    assertEquals(Utf8.encode("T\u00fcst"), app.stored("import/topic/name"));
    assertEquals(Blake3.hash(body), app.stored("import/hash"));
    assertEquals(Bytes.of(1), app.stored("import/verify"));
    assertEquals(Bytes.of(0), app.stored("import/utf8"));
    assertEquals(
        Utf8.encode(
            "import/event/bodyimport/event/counterimport/event/id"
                + "import/event/millisimport/event/principalimport/event/signer"),
        app.stored("import/scan"));
    assertEquals("accepted", app.apply(OTHER, 5, body.slice(0, 127)));
    assertEquals(Bytes.of(0), app.stored("import/verify"));
  }

  @Test
  void refusedFixtures_areRefusedByName() {
    assertRefused("float", Profile.STATE_APPLY, "f64");
    assertRefused("over-import", Profile.STATE_APPLY, "imports self, which its profile denies");
    assertRefused("foreign-import", Profile.STATE_APPLY, "imports nowhere, which no kernel offers");
    assertRefused("asking-view", Profile.INTERACTION, "imports author, which its profile denies");
    assertRefused("writing-view", Profile.INTERACTION, "imports state-write, which its profile");
    assertRefused("memory-over", Profile.STATE_APPLY, "1025");
  }

  private static void assertRefused(String fixture, Profile profile, String words) {
    List<String> declared = new ArrayList<>();
    Capabilities.matrix().forEach(row -> declared.add(row.importName()));
    declared.add("myrhiza:kernel/nowhere@0.1.0");
    ProfileComponent component =
        new ProfileComponent("odd.wasm", profile, BuiltApps.fixture(fixture), declared);
    Admission.Refused refused =
        assertInstanceOf(Admission.Refused.class, Guests.admit(List.of(component)), fixture);
    assertEquals("odd.wasm", refused.component());
    assertEquals(profile.text(), refused.profile());
    assertTrue(refused.reason().contains(words), fixture + ": " + refused.reason());
  }

  private static Bytes u64(long value) {
    return CanonicalWriter.write(writer -> writer.u64(value));
  }
}

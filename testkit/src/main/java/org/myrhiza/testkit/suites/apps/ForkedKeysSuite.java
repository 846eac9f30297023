// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bundle.DraftPart;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.capability.Profile;
import org.myrhiza.event.Event;
import org.myrhiza.guest.CoreCode;
import org.myrhiza.guest.Guest;
import org.myrhiza.guest.Program;
import org.myrhiza.identity.Signature;
import org.myrhiza.instance.App;
import org.myrhiza.instance.GuestApp;
import org.myrhiza.instance.Self;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.Source;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.PreCheck;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.Verdict;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.wasm.engine.ModuleHash;

/** A component that asks whether keys forked: told the truth, and told again when it changes. */
public final class ForkedKeysSuite {
  private static final Source LINK = new Source(1);
  private static final ApplyLimits LIMITS = ApplyLimits.of(1_000_000);

  private final ForkStory story = new ForkStory();

  /** Made once per test. */
  public ForkedKeysSuite() {}

  private static Bundle bundle(BundleDraft draft) {
    return BuiltApps.signed(draft, ForkStory.key("author"), _ -> new Signature(Bytes.zeros(64)));
  }

  private static App.Admitted admitted(BundleDraft draft) {
    return GuestApp.admit(bundle(draft), ForkedKeysSuite::open);
  }

  private static Guest open(Program program) {
    TestEngine engine = TestStack.current().engine();
    for (CoreCode code : program.modules()) {
      engine.prepare(new ModuleHash(code.hash().toHex()), code.code().toArray());
    }
    return program.open(engine.engine(), (key, message, signature) -> true);
  }

  /** A log and its replay, and which events the component was called for. */
  private final class Peer {
    final Log log = Log.empty(story.topic());
    final Replay replay = Replay.of(log);
    final List<String> called = new ArrayList<>();
    final Applier app;

    Peer() {
      App.Admitted.Runs runs =
          assertInstanceOf(
              App.Admitted.Runs.class,
              admitted(
                  BuiltApps.draftWith(Profile.STATE_APPLY, BuiltApps.fixture("fork-watcher"))));
      Self self = new Self(ForkStory.key("me"), ForkStory.key("me"), "", false);
      Applier inner =
          runs.app().applier(new App.Facts(story.topic(), ForkStory.key("founder"), "Forks", self));
      app =
          (state, event, fuel) -> {
            called.add(story.name(event.id()));
            return inner.apply(state, event, fuel);
          };
    }

    Peer hear(String... names) {
      for (String name : names) {
        hear(story.event(name));
      }
      return settle();
    }

    Peer hear(List<Event> events) {
      events.forEach(this::hear);
      return settle();
    }

    private void hear(Event event) {
      Deliveries.deliver(log, event, LINK);
    }

    private Peer settle() {
      log.takeDisturbed().ifPresent(change -> replay.disturbed(change.from(), change.to()));
      log.takeForked().forEach(replay::forked);
      Progress progress = new Progress.More();
      for (int steps = 0; progress instanceof Progress.More && steps < 100; steps++) {
        progress = replay.step(app, LIMITS);
      }
      assertInstanceOf(Progress.Done.class, progress);
      return this;
    }

    /** The events that the component was called for since the last time, in order. */
    List<String> takeCalled() {
      List<String> taken = List.copyOf(called);
      called.clear();
      return taken;
    }

    /** Each event's verdict with its fuel, by name. */
    Map<String, String> verdicts() {
      Map<String, String> all = new TreeMap<>();
      for (int i = 0; i < log.keptSize(); i++) {
        LogEntry entry = log.keptAt(i);
        Verdict verdict = replay.verdict(entry.id());
        assertNotNull(verdict);
        all.put(story.name(entry.id()), verdict.kind() + " " + verdict.fuel());
      }
      return all;
    }

    String reason(String name) {
      Verdict verdict = replay.verdict(story.event(name).id());
      return verdict == null ? "none" : verdict.reason();
    }

    /** What the founder counted: the marks of events whose key had forked. */
    Bytes sum() {
      Bytes value = replay.state().reader().get(Utf8.encode("sum"));
      return value == null ? Bytes.EMPTY : value;
    }
  }

  private static void assertAlike(Peer expected, Peer seen) {
    assertEquals(expected.verdicts(), seen.verdicts());
    assertEquals(expected.replay.digest(), seen.replay.digest());
  }

  @Test
  @Proves({"ORDER-7", "STATE-8"})
  void forkThatBecomesKnownLate_runsExactlyTheEventsAgainThatAsked() {
    Peer late = new Peer().hear(story.common());
    assertEquals(9, late.takeCalled().size());
    assertEquals(Bytes.of(0), late.sum());
    assertEquals("", late.reason("ann6"));
    Bytes before = late.replay.digest();

    late.hear("twin4");
    assertEquals(List.of("ann4", "ann6", "ann7", "founder3"), late.takeCalled());
    assertEquals(Bytes.of(2), late.sum());
    assertEquals("The key that signed this forked.", late.reason("ann6"));
    assertNotEquals(before, late.replay.digest());
    assertAlike(
        new Peer().hear("genesis", "ann1", "ann2", "ann3", "twin4").hear(story.common()), late);

    late.hear("twin2");
    assertEquals(List.of("ann2", "ann3", "founder3"), late.takeCalled());
    assertEquals(Bytes.of(3), late.sum());
    assertAlike(new Peer().hear("genesis", "ann1", "twin2", "twin4").hear(story.common()), late);
  }

  @Test
  @Proves({"ORDER-15", "STATE-8"})
  void fenceThatMakesAForkCountForNothing_takesTheAnswerBack() {
    Peer both = new Peer().hear("genesis", "ann1", "ann2", "ann3", "twin4").hear(story.common());
    assertEquals(Bytes.of(2), both.sum());
    both.takeCalled();
    both.hear("phone1", "fence");
    assertEquals(List.of("ann4", "ann6", "ann7", "founder3"), both.takeCalled());
    assertEquals(Bytes.of(0), both.sum());
    assertAlike(new Peer().hear(story.common()).hear("phone1", "fence"), both);
  }

  @Test
  @Proves("ORDER-7")
  void answersOfOneKey_sayNothingOfOthers() {
    Peer peer = new Peer().hear(story.common()).hear("twin2");
    assertTrue(peer.log.isKept(story.event("founder2").id()));
    Bytes mark = Bytes.concat(Utf8.encode("mark/"), story.event("founder2").id().bytes());
    assertEquals(Bytes.of(0), peer.replay.state().reader().get(mark));
  }

  @Test
  @Proves("ORDER-7")
  void anEventThatIsNotSignedYet_isToldNo() {
    Peer peer = new Peer().hear(story.common()).hear("twin2");
    Event own = story.event("ann6");
    Delivery delivery =
        Delivery.of(own.header(), own.payload(), ForkStory.key("ann")).orElseThrow();
    assertInstanceOf(PreCheck.Passed.class, peer.replay.preCheck(peer.app, delivery, LIMITS));
  }

  @Test
  @Proves("CAPABILITIES-1")
  void aBundleThatMayNotAsk_isRefusedByName() {
    BundleDraft asking = BuiltApps.draftWith(Profile.INTERACTION, BuiltApps.fixture("asking-view"));
    assertRefused(asking, "author, which its profile denies; do without it");
    BundleDraft watcher =
        BuiltApps.draftWith(Profile.STATE_APPLY, BuiltApps.fixture("fork-watcher"));
    List<DraftPart> parts = new ArrayList<>();
    for (DraftPart part : watcher.parts()) {
      List<String> declared = new ArrayList<>(part.imports());
      declared.remove("author");
      parts.add(new DraftPart(part.path(), part.profile(), declared, part.content()));
    }
    BundleDraft silent =
        new BundleDraft(
            watcher.name(), watcher.version(), watcher.applyFuel(), watcher.tags(), parts);
    assertRefused(silent, "author, which its manifest does not declare; add it to imports");
  }

  private static void assertRefused(BundleDraft draft, String words) {
    App.Admitted.Refused refused = assertInstanceOf(App.Admitted.Refused.class, admitted(draft));
    assertTrue(refused.reason().endsWith("imports " + words), refused.reason());
  }
}

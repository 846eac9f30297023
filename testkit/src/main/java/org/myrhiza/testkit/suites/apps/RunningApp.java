// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.apps;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bundle.DraftPart;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.event.TopicId;
import org.myrhiza.guest.Admission;
import org.myrhiza.guest.Answer;
import org.myrhiza.guest.ApplyHost;
import org.myrhiza.guest.ApplyOutcome;
import org.myrhiza.guest.CoreCode;
import org.myrhiza.guest.Guest;
import org.myrhiza.guest.GuestEvent;
import org.myrhiza.guest.GuestLog;
import org.myrhiza.guest.Guests;
import org.myrhiza.guest.ProfileComponent;
import org.myrhiza.guest.Proposal;
import org.myrhiza.guest.ReadHost;
import org.myrhiza.guest.SelfFacts;
import org.myrhiza.guest.TopicFacts;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.TopicState;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.view.Field;
import org.myrhiza.view.View;
import org.myrhiza.view.ViewText;
import org.myrhiza.wasm.engine.ModuleHash;

/** One app on one topic without log or kernel: its components over a state, on this stack. */
final class RunningApp {
  static final Bytes FOUNDER = filled(1);
  static final Bytes OTHER = filled(2);
  static final Bytes TOPIC = filled(9);
  static final Bytes EVENT = filled(3);
  static final Bytes SIGNER = filled(4);
  static final long MILLIS = 1_700_000_000_123L;
  static final int COUNTER = 7;
  static final long BUDGET = 1_000_000;

  private static final TopicFacts FACTS = new TopicFacts(TOPIC, FOUNDER, "T\u00fcst");

  private final Guest guest;
  private final TopicState state = TopicState.empty(new TopicId(TOPIC));
  private boolean forked;

  RunningApp(BundleDraft draft) {
    List<ProfileComponent> components = new ArrayList<>();
    for (DraftPart part : draft.parts()) {
      List<String> imports = part.imports().stream().map(Capabilities::fullName).toList();
      components.add(
          new ProfileComponent(part.path(), part.profile().orElseThrow(), part.content(), imports));
    }
    Admission.Admitted admitted =
        assertInstanceOf(Admission.Admitted.class, Guests.admit(components));
    TestEngine engine = TestStack.current().engine();
    for (CoreCode code : admitted.program().modules()) {
      engine.prepare(new ModuleHash(code.hash().toHex()), code.code().toArray());
    }
    SignatureVerifier verifier = SignatureVerifier.screened(TestStack.current().ed25519());
    guest = admitted.program().open(engine.engine(), verifier);
  }

  private static Bytes filled(int value) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) value;
    }
    return Bytes.adopt(bytes);
  }

  static Field field(String name, String value) {
    return new Field(name, value);
  }

  /** Says whether the keys of the events from now on have forked. */
  void forked(boolean now) {
    forked = now;
  }

  /** Applies an event of this principal; its writes stay when it is accepted. */
  ApplyOutcome outcome(Bytes principal, int tag, Bytes body, long budget) {
    Overlay overlay = state.overlay(() -> forked);
    GuestEvent event = new GuestEvent(EVENT, principal, SIGNER, MILLIS, COUNTER, tag, body);
    ApplyHost host = new ApplyHost(overlay, overlay, overlay::isForked, FACTS, GuestLog.NONE);
    ApplyOutcome outcome = guest.apply(host, event, budget);
    if (outcome instanceof ApplyOutcome.Accepted) {
      state.commit(overlay);
    }
    return outcome;
  }

  /** Applies and says in words how it ended. */
  String apply(Bytes principal, int tag, Bytes body) {
    return words(outcome(principal, tag, body, BUDGET));
  }

  static String words(ApplyOutcome outcome) {
    return switch (outcome) {
      case ApplyOutcome.Accepted accepted -> "accepted";
      case ApplyOutcome.Rejected rejected -> rejected.reason();
      case ApplyOutcome.Trapped trapped -> "trapped: " + trapped.kind();
      case ApplyOutcome.OutOfFuel out -> "out of fuel";
      case ApplyOutcome.HostFailure failure -> "host failure: " + failure.reason();
    };
  }

  /** Fills the creation form and applies what comes of it. */
  String create(Field... fields) {
    Answer<Bytes> answer =
        guest.create(new SelfFacts(FOUNDER, SIGNER), GuestLog.NONE, List.of(fields));
    return switch (answer) {
      case Answer.Ok<Bytes> ok -> apply(FOUNDER, 0, ok.value());
      case Answer.Refused<Bytes> refused -> refused.reason();
      default -> answer.toString();
    };
  }

  /** Proposes an action and applies what comes of it. */
  String act(Bytes principal, String action, Field... fields) {
    Answer<Proposal> answer = guest.propose(host(principal), action, List.of(fields));
    return switch (answer) {
      case Answer.Ok<Proposal> ok -> apply(principal, ok.value().tag(), ok.value().body());
      case Answer.Refused<Proposal> refused -> refused.reason();
      default -> answer.toString();
    };
  }

  /** What the principal sees, as a terminal shows it. */
  String view(Bytes principal) {
    return text(guest.view(host(principal)));
  }

  String creationForm() {
    return text(guest.creationForm(new SelfFacts(FOUNDER, SIGNER), GuestLog.NONE));
  }

  Bytes stored(String key) {
    Bytes value = state.reader().get(Utf8.encode(key));
    return value == null ? Bytes.of(0xde, 0xad) : value;
  }

  long entries() {
    return state.entries();
  }

  private ReadHost host(Bytes principal) {
    SelfFacts self = new SelfFacts(principal, SIGNER);
    return new ReadHost(state.reader(), FACTS, self, GuestLog.NONE);
  }

  private static String text(Answer<View> answer) {
    return answer instanceof Answer.Ok<View> ok ? ViewText.render(ok.value()) : answer.toString();
  }
}

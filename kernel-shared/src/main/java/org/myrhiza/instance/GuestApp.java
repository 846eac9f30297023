// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.Part;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;
import org.myrhiza.guest.Admission;
import org.myrhiza.guest.Answer;
import org.myrhiza.guest.ApplyHost;
import org.myrhiza.guest.ApplyOutcome;
import org.myrhiza.guest.Guest;
import org.myrhiza.guest.GuestEvent;
import org.myrhiza.guest.GuestLog;
import org.myrhiza.guest.Guests;
import org.myrhiza.guest.ProfileComponent;
import org.myrhiza.guest.Program;
import org.myrhiza.guest.Proposal;
import org.myrhiza.guest.ReadHost;
import org.myrhiza.guest.SelfFacts;
import org.myrhiza.guest.TopicFacts;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.StateReader;
import org.myrhiza.view.Field;
import org.myrhiza.view.View;

/** An app whose components are WebAssembly. */
public final class GuestApp implements App {
  private static final List<Profile> PROFILES =
      List.of(Profile.STATE_APPLY, Profile.STATE_PROPOSE, Profile.INTERACTION);

  private final Bundle bundle;
  private final List<Module> modules;
  private final Guest guest;

  private GuestApp(Bundle bundle, List<Module> modules, Guest guest) {
    this.bundle = bundle;
    this.modules = modules;
    this.guest = guest;
  }

  /**
   * Checks the components of a bundle and opens them.
   *
   * @param bundle a verified bundle
   * @param open links a checked program to an engine
   */
  public static Admitted admit(Bundle bundle, Function<Program, Guest> open) {
    List<ProfileComponent> components = new ArrayList<>();
    for (Profile profile : PROFILES) {
      Optional<Bytes> component = bundle.component(profile);
      Optional<Part> part = bundle.manifest().component(profile);
      if (component.isEmpty() || part.isEmpty()) {
        return new Admitted.Refused("it has no component " + profile.text());
      }
      components.add(
          new ProfileComponent(part.get().path(), profile, component.get(), part.get().imports()));
    }
    return switch (Guests.admit(components)) {
      case Admission.Refused refused -> new Admitted.Refused(message(refused));
      case Admission.Admitted admitted -> {
        Program program = admitted.program();
        List<Module> modules =
            program.modules().stream().map(core -> new Module(core.hash(), core.code())).toList();
        yield new Admitted.Runs(new GuestApp(bundle, modules, open.apply(program)));
      }
    };
  }

  private static String message(Admission.Refused refused) {
    return refused.component()
        + " ("
        + refused.profile()
        + "): "
        + refused.what()
        + ": "
        + refused.reason();
  }

  @Override
  public Bundle bundle() {
    return bundle;
  }

  @Override
  public List<Module> modules() {
    return modules;
  }

  @Override
  public boolean isReady() {
    return guest.ready();
  }

  @Override
  public ApplyLimits limits() {
    return ApplyLimits.of(bundle.manifest().applyFuel());
  }

  @Override
  public Applier applier(Facts facts) {
    TopicFacts topic = topic(facts);
    return (state, delivery, fuel) -> apply(topic, state, delivery, fuel);
  }

  private Outcome apply(TopicFacts topic, Overlay state, Delivery delivery, long fuel) {
    ApplyHost host = new ApplyHost(state, state, state::isForked, topic, GuestLog.NONE);
    GuestEvent event =
        new GuestEvent(
            delivery.id().bytes(),
            delivery.principal().bytes(),
            delivery.signer().bytes(),
            delivery.clock().millis(),
            delivery.clock().counter(),
            delivery.tag(),
            delivery.body());
    return switch (guest.apply(host, event, fuel)) {
      case ApplyOutcome.Accepted accepted -> new Outcome.Accepted(accepted.fuel());
      case ApplyOutcome.Rejected rejected ->
          new Outcome.Rejected(rejected.reason(), rejected.fuel());
      case ApplyOutcome.Trapped _ -> new Outcome.Trapped("the component trapped", fuel);
      case ApplyOutcome.OutOfFuel _ -> new Outcome.OutOfFuel(fuel);
      case ApplyOutcome.HostFailure failure -> new Outcome.HostFailure(failure.reason());
    };
  }

  private static TopicFacts topic(Facts facts) {
    return new TopicFacts(facts.topic().bytes(), facts.founder().bytes(), facts.name());
  }

  private static SelfFacts self(Self self) {
    return new SelfFacts(self.principal().bytes(), self.signer().bytes());
  }

  @Override
  public Said<View> creationForm(Self self) {
    return said(guest.creationForm(self(self), GuestLog.NONE));
  }

  @Override
  public Said<Bytes> create(Self self, List<Field> fields) {
    return said(guest.create(self(self), GuestLog.NONE, fields));
  }

  @Override
  public Said<View> view(StateReader state, Facts facts) {
    return said(guest.view(host(state, facts)));
  }

  @Override
  public Said<Proposed> propose(StateReader state, Facts facts, ActRequest request) {
    Answer<Proposal> answer = guest.propose(host(state, facts), request.action(), request.fields());
    return switch (said(answer)) {
      case Said.Yes<Proposal> yes ->
          new Said.Yes<>(new Proposed(yes.value().tag(), yes.value().body()));
      case Said.No<Proposal> no -> new Said.No<>(no.problem());
    };
  }

  private static ReadHost host(StateReader state, Facts facts) {
    return new ReadHost(state, topic(facts), self(facts.self()), GuestLog.NONE);
  }

  private static <T> Said<T> said(Answer<T> answer) {
    return switch (answer) {
      case Answer.Ok<T> ok -> new Said.Yes<>(ok.value());
      case Answer.Refused<T> refused -> new Said.No<>(Problems.rejected(refused.reason()));
      case Answer.Stopped<T> _ -> new Said.No<>(Problems.rejected("its component trapped"));
      case Answer.OutOfFuel<T> _ ->
          new Said.No<>(Problems.rejected("its component used up its fuel"));
      case Answer.HostFailure<T> failure -> new Said.No<>(Problems.stopped(failure.reason()));
    };
  }
}

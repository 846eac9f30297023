// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.Admission;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.LocalClock;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.frame.EpochSecret;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.instance.App;
import org.myrhiza.instance.Preparation;
import org.myrhiza.instance.Problem;
import org.myrhiza.instance.Problems;
import org.myrhiza.instance.Self;
import org.myrhiza.log.Log;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.PreCheck;
import org.myrhiza.replay.Replay;
import org.myrhiza.view.Field;
import org.myrhiza.view.Filled;
import org.myrhiza.view.Filling;
import org.myrhiza.view.View;

/**
 * One {@code app create}: bundle, consent, creation form, genesis, signatures, store, answer. Until
 * the genesis is signed nothing is kept, so whatever goes wrong leaves nothing behind.
 */
final class Creation {
  /** The only metering table so far. */
  private static final int METERING_TABLE = 0;

  private static final int SECRET_BYTES = 32;
  private static final long FIRST_EPOCH = 0;

  private final House house;
  private final Replies replies;
  private final long token;
  private final Command.CreateApp command;

  private Creation(House house, Replies replies, long token, Command.CreateApp command) {
    this.house = house;
    this.replies = replies;
    this.token = token;
    this.command = command;
  }

  static void start(House house, Replies replies, long token, Command.CreateApp command) {
    Creation creation = new Creation(house, replies, token, command);
    Problem problem = creation.begin();
    if (problem != null) {
      creation.fail(problem);
    }
  }

  private void fail(Problem problem) {
    replies.fail(token, problem, "");
  }

  private @Nullable Problem begin() {
    if (!house.settings().mayAuthor()) {
      return Problems.readOnly();
    }
    if (house.ownKey().isRenewing()) {
      return Problems.notReady("this device is getting a new key");
    }
    if (house.all().size() >= Limits.INSTANCES) {
      return Refusals.tooMany("instances", Limits.INSTANCES);
    }
    int most = org.myrhiza.instance.Limits.NAME_BYTES;
    if (!Utf8.isWellFormed(command.name()) || Utf8.encode(command.name()).size() > most) {
      return Refusals.badName(command.name(), most);
    }
    List<RelayUrl> relays = new ArrayList<>();
    Problem problem = relays(relays);
    if (problem != null) {
      return problem;
    }
    Consenting consenting = new Consenting(house);
    switch (consenting.check(command.bundle())) {
      case Consenting.Checked.Bad bad -> {
        return bad.problem();
      }
      case Consenting.Checked.Good good ->
          consenting.ask(
              token,
              good.installed().bundle(),
              command.trusted(),
              granted -> {
                if (granted) {
                  prepare(good, relays);
                } else {
                  var bundle = good.installed().bundle();
                  fail(Refusals.noConsent(bundle.id(), bundle.manifest().name()));
                }
              });
    }
    return null;
  }

  private @Nullable Problem relays(List<RelayUrl> relays) {
    List<String> wanted = command.relays().isEmpty() ? house.settings().relays() : command.relays();
    if (wanted.size() > org.myrhiza.frame.Limits.INVITE_RELAYS) {
      return Refusals.tooMany("relays", org.myrhiza.frame.Limits.INVITE_RELAYS);
    }
    for (String url : wanted) {
      switch (RelayUrl.parse(url)) {
        case Decoded.Ok<RelayUrl> ok -> relays.add(ok.value());
        case Decoded.Bad<RelayUrl> bad -> {
          return Refusals.badRelay(bad.malformed().message());
        }
      }
    }
    return null;
  }

  private void prepare(Consenting.Checked.Good good, List<RelayUrl> relays) {
    Preparation.start(
        good.app(),
        house.outbox()::prepare,
        failure -> {
          if (failure.isPresent()) {
            fail(Problems.stopped(failure.get()));
            return;
          }
          Problem problem = form(good, relays);
          if (problem != null) {
            fail(problem);
          }
        });
  }

  private @Nullable Problem form(Consenting.Checked.Good good, List<RelayUrl> relays) {
    View form;
    switch (good.app().creationForm(house.self())) {
      case App.Said.Yes<View> yes -> form = yes.value();
      case App.Said.No<View> no -> {
        return no.problem();
      }
    }
    List<Field> fields;
    switch (Filling.fillCreation(form, command.fields())) {
      case Filled.Ready ready -> fields = ready.fields();
      case Filled.Unready unready -> {
        return Problems.fields(unready.message(), unready.hint());
      }
    }
    Bytes init;
    switch (good.app().create(house.self(), fields)) {
      case App.Said.Yes<Bytes> yes -> init = yes.value();
      case App.Said.No<Bytes> no -> {
        return no.problem();
      }
    }
    if (init.size() > org.myrhiza.event.Limits.INIT_BYTES) {
      return Problems.tooLarge(init.size(), org.myrhiza.event.Limits.INIT_BYTES);
    }
    certify(good, relays, init);
    return null;
  }

  private void certify(Consenting.Checked.Good good, List<RelayUrl> relays, Bytes init) {
    Self self = house.self();
    Bytes seed = house.randomness().bytes(org.myrhiza.event.Limits.SEED_BYTES);
    Certificate.Unsigned claim =
        new Certificate.Unsigned(
            self.principal(), seed, self.signer(), InstanceKind.DEVICE, self.deviceName());
    house
        .outbox()
        .sign(
            KeyRole.LONG_TERM,
            claim.message(),
            signature -> {
              Problem problem =
                  signature.isEmpty()
                      ? Problems.keyFailed()
                      : genesis(good, relays, init, claim.signed(signature.get()));
              if (problem != null) {
                fail(problem);
              }
            });
  }

  private @Nullable Problem genesis(
      Consenting.Checked.Good good, List<RelayUrl> relays, Bytes init, Certificate certificate) {
    Self self = house.self();
    Genesis genesis =
        new Genesis(
            good.app().id(),
            certificate.scope(),
            topicName(good.app()),
            TopicPolicy.of(command.admission(), self.principal()),
            org.myrhiza.event.Limits.FORMAT,
            METERING_TABLE,
            init,
            Optional.of(certificate));
    Bytes payload = Genesis.CODEC.encode(genesis);
    Optional<Clock> clock = LocalClock.START.next(house.outbox().now(), Clock.ZERO);
    if (clock.isEmpty()) {
      return Problems.clockEnded();
    }
    EventHeader header =
        new EventHeader(
            TopicId.NONE,
            self.signer(),
            1,
            Optional.empty(),
            List.of(),
            clock.get(),
            EventKind.GENESIS,
            payload.size(),
            EventHeader.payloadHash(payload));
    Problem refused = preCheck(good.app(), header, payload, genesis);
    if (refused == null) {
      sign(good, relays, header, payload);
    }
    return refused;
  }

  private String topicName(App app) {
    return command.name().isEmpty() ? app.bundle().manifest().name() : command.name();
  }

  private @Nullable Problem preCheck(App app, EventHeader header, Bytes payload, Genesis genesis) {
    TopicId topic = TopicId.of(header.id());
    Self self = house.self();
    App.Facts facts = new App.Facts(topic, self.principal(), genesis.name(), self);
    Delivery delivery = Delivery.of(header, payload, self.principal()).orElseThrow();
    PreCheck check =
        Replay.preCheckCreation(
            Log.empty(topic), app.applier(facts), delivery, genesis.policy(), app.limits());
    return switch (check) {
      case PreCheck.Passed passed -> null;
      case PreCheck.Refused refused -> Problems.rejected(refused.verdict().reason());
      case PreCheck.Misses misses ->
          throw new IllegalStateException("an empty state misses nothing");
      case PreCheck.NotReady notReady -> Problems.notReady("the app is being prepared");
      case PreCheck.HostFailed failed -> Problems.stopped(failed.reason());
    };
  }

  private void sign(
      Consenting.Checked.Good good, List<RelayUrl> relays, EventHeader header, Bytes payload) {
    house
        .outbox()
        .sign(
            KeyRole.INSTANCE,
            header.id().bytes(),
            signature -> {
              if (signature.isEmpty()) {
                fail(Problems.keyFailed());
                return;
              }
              if (house.ownKey().isRenewing() || !house.ownKey().key().equals(header.signer())) {
                fail(Problems.notReady("this device is getting a new key"));
                return;
              }
              open(good, relays, Event.of(header, payload, signature.get()));
            });
  }

  private void open(Consenting.Checked.Good good, List<RelayUrl> relays, Event genesis) {
    EpochSecret secret = EpochSecret.of(house.randomness().bytes(SECRET_BYTES));
    Invitation way =
        new Invitation(
            genesis.topic(), house.self().principal(), secret, FIRST_EPOCH, relays, List.of());
    String name = house.freeName(genesis.topic(), topicName(good.app()));
    Room room = new Room(house, new RoomRecord(name, good.app().id(), way));
    Optional<String> refused = room.instance().placeOwn(genesis);
    if (refused.isPresent()) {
      fail(Problems.ownEventRefused(refused.get()));
      return;
    }
    Rooms.settle(house, room, good);
    room.when(() -> room.instance().isQuiet() || room.instance().isStopped(), () -> opened(room));
  }

  /** Answers with a first invitation; if that cannot be made, one can be asked for later. */
  private void opened(Room room) {
    if (command.admission() == Admission.INVITED) {
      new Governing(house, replies)
          .invitation(room, made -> answer(room, made.text()), problem -> answer(room, ""));
    } else {
      answer(room, Invites.shown(house, room));
    }
  }

  private void answer(Room room, String invite) {
    replies.answer(token, new Reply.Opened(room.status(), invite));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Genesis;
import org.myrhiza.frame.Invitation;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.Problem;
import org.myrhiza.instance.StatusText;
import org.myrhiza.sync.BundleFetch;

/**
 * One {@code app join}: reach the members, get the genesis, fetch its bundle and verify it, ask the
 * user, and from then on keep what comes; answered once a peer said that nothing is missing. What
 * came before consent is in memory only, so giving up leaves nothing behind.
 */
final class Joining {
  private static final long ASK_AGAIN_MILLIS = 500;

  private final House house;
  private final Replies replies;
  private final long token;
  private final Command.JoinApp command;

  private Joining(House house, Replies replies, long token, Command.JoinApp command) {
    this.house = house;
    this.replies = replies;
    this.token = token;
    this.command = command;
  }

  static void start(House house, Replies replies, long token, Command.JoinApp command) {
    new Joining(house, replies, token, command).begin();
  }

  private void begin() {
    switch (Invitation.parse(command.invite())) {
      case Decoded.Bad<Invitation> bad -> replies.answer(token, malformed(bad));
      case Decoded.Ok<Invitation> ok -> reach(ok.value());
    }
  }

  private static Reply.Failed malformed(Decoded.Bad<Invitation> bad) {
    return Replies.failed(Refusals.badInvite(bad.malformed().message()), "");
  }

  /** What is wrong with the command by itself. */
  static Optional<Reply.Failed> misuse(Command.JoinApp command) {
    return Invitation.parse(command.invite()) instanceof Decoded.Bad<Invitation> bad
        ? Optional.of(malformed(bad))
        : Optional.empty();
  }

  private void reach(Invitation invitation) {
    Room known = house.get(invitation.topic());
    if (known != null) {
      known.pass().take(invitation);
      await(known);
      return;
    }
    int most = org.myrhiza.instance.Limits.NAME_BYTES;
    if (!Utf8.isWellFormed(command.name()) || Utf8.encode(command.name()).size() > most) {
      replies.fail(token, Refusals.badName(command.name(), most), "");
      return;
    }
    if (house.all().size() >= Limits.INSTANCES) {
      replies.fail(token, Refusals.tooMany("instances", Limits.INSTANCES), "");
      return;
    }
    BundleId unknown = new BundleId(invitation.topic().bytes());
    Room room = new Room(house, new RoomRecord(command.name(), unknown, invitation));
    house.add(room);
    house.reach(room);
    room.when(() -> room.instance().log().size() > 0, () -> begun(room));
    room.when(() -> !replies.isOpen(token), () -> giveUp(room, Refusals.givenUp()));
    await(room);
  }

  /**
   * Answers when the room is complete and holds what the invitation refers to, or at the end of the
   * time given.
   */
  private void await(Room room) {
    room.when(() -> isComplete(room) && room.pass().isKnown(), () -> complete(room));
    askForAdmission(room);
    house.outbox().timer(house.outbox().now() + command.timeoutMillis(), () -> expire(room));
  }

  /** A peer that said all is here may not have had the invitation's event yet. */
  private void askForAdmission(Room room) {
    if (!replies.isOpen(token) || room.pass().invitation().isEmpty()) {
      return;
    }
    if (isComplete(room) && !room.pass().isKnown()) {
      room.sync().askAll();
    }
    room.timer(house.outbox().now() + ASK_AGAIN_MILLIS, () -> askForAdmission(room));
  }

  private static boolean isComplete(Room room) {
    boolean live = room.phase() == Room.Phase.LIVE;
    boolean whole = room.sync().isSynced() && room.instance().isQuiet();
    return live && (whole || room.instance().isStopped());
  }

  private void complete(Room room) {
    replies.answer(token, new Reply.Opened(room.status(), Invites.shown(house, room)));
  }

  private void expire(Room room) {
    if (!replies.isOpen(token)) {
      return;
    }
    if (isComplete(room)) {
      complete(room);
      return;
    }
    Problem problem = Refusals.nobody(command.timeoutMillis(), progress(room));
    replies.fail(token, problem, room.record().topic().text());
    giveUp(room, problem);
  }

  private static String progress(Room room) {
    return switch (room.phase()) {
      case GENESIS ->
          room.sync().links().isEmpty()
              ? "no peer was reached"
              : "no peer sent the topic's beginning";
      case BUNDLE -> "the app's bundle did not arrive, or consent was not given";
      case LIVE, LEFT -> "not all events arrived yet" + counted(room) + "; what arrived is kept";
    };
  }

  /** How many of the events are here, if peers said how many there are. */
  private static String counted(Room room) {
    InstanceStatus status = room.status();
    return status.hasProgress()
        ? " (" + StatusText.progress(status.counts().events(), status.total()) + ")"
        : "";
  }

  private void giveUp(Room room, Problem why) {
    if (room.phase() == Room.Phase.GENESIS || room.phase() == Room.Phase.BUNDLE) {
      house.close(room, why);
    }
  }

  private void refuse(Room room, Problem problem) {
    replies.fail(token, problem, room.record().topic().text());
    giveUp(room, problem);
  }

  private void begun(Room room) {
    if (room.phase() != Room.Phase.GENESIS) {
      return;
    }
    Genesis genesis = room.instance().log().genesis().orElseThrow();
    var founder = room.instance().log().at(0).principal();
    if (!founder.equals(room.record().way().founder())) {
      refuse(room, Refusals.otherFounder());
      return;
    }
    String name = command.name().isEmpty() ? genesis.name() : command.name();
    Invitation way = room.record().way();
    room.record(new RoomRecord(house.freeName(way.topic(), name), genesis.bundle(), way));
    room.phase(Room.Phase.BUNDLE);
    Library.Installed installed = house.library().get(genesis.bundle());
    if (installed != null) {
      consent(room, new Consenting(house).admit(installed));
    } else {
      fetch(room, genesis.bundle());
    }
  }

  private void fetch(Room room, BundleId bundle) {
    BundleFetch fetch =
        new BundleFetch(
            bundle, room, () -> openLinks(room), link -> file -> arrived(room, bundle, file));
    room.onChunks(arrived -> {
      if (room.phase() == Room.Phase.BUNDLE) {
        fetch.onChunk(arrived.link(), arrived.chunk());
      }
    });
    fetch.begin();
  }

  private List<Long> openLinks(Room room) {
    List<Long> open = new ArrayList<>();
    for (long number : room.sync().links()) {
      Link link = house.links().get(number);
      if (link != null && link.isOpen()) {
        open.add(number);
      }
    }
    return open;
  }

  /** Judges a fetched file; returns why it is not the one that the genesis names. */
  private @Nullable String arrived(Room room, BundleId wanted, Bytes file) {
    Consenting.Checked checked = new Consenting(house).check(file);
    return switch (checked) {
      case Consenting.Checked.Good good when !good.installed().bundle().id().equals(wanted) ->
          "another bundle than the topic's";
      case Consenting.Checked.Bad bad when !isGenuine(wanted, file) -> bad.problem().message();
      case Consenting.Checked.Good good -> {
        consent(room, good);
        yield null;
      }
      case Consenting.Checked.Bad bad -> {
        refuse(room, bad.problem());
        yield null;
      }
    };
  }

  /** Whether a refused file is nevertheless the one that the genesis names. */
  private boolean isGenuine(BundleId wanted, Bytes file) {
    return org.myrhiza.bundle.Bundle.open(file, house.ports().verifier())
            instanceof org.myrhiza.bundle.BundleVerdict.Opened opened
        && opened.bundle().id().equals(wanted);
  }

  private void consent(Room room, Consenting.Checked checked) {
    switch (checked) {
      case Consenting.Checked.Bad bad -> refuse(room, bad.problem());
      case Consenting.Checked.Good good -> {
        var bundle = good.installed().bundle();
        Optional<BundleId> trusted = command.trusted();
        new Consenting(house)
            .ask(
                token,
                bundle,
                trusted,
                granted -> {
                  if (room.phase() != Room.Phase.BUNDLE) {
                    return;
                  }
                  if (granted) {
                    Rooms.settle(house, room, good);
                  } else {
                    refuse(room, Refusals.noConsent(bundle.id(), bundle.manifest().name()));
                  }
                });
      }
    }
  }
}

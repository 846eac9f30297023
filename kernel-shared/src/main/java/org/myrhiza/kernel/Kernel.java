// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.frame.FrameHeader;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.Problem;
import org.myrhiza.sync.Offence;

/**
 * A peer without input or output: whoever owns it submits inputs and polls effects, on one thread.
 *
 * <p>It only routes. Each input goes to the state machine it is for; then the turn ends, after a
 * verdict about a signature together with those that wait behind it: rooms do a bounded amount of
 * work, what was written becomes the next batch if none is in flight, and what needs no batch is
 * let go. The same inputs give the same effects, byte for byte, on every platform: time and entropy
 * come with inputs, and nothing else is asked.
 */
public final class Kernel {
  private final Ports ports;
  private final Outbox outbox = new Outbox();
  private final Replies replies = new Replies(outbox);
  private final List<Input.Commanded> waiting = new ArrayList<>();
  private @Nullable House house;
  private @Nullable Desk desk;
  private Reply.@Nullable Failed halted;
  private boolean loaded;
  private boolean steps;
  private int nextRoom;

  /** A kernel that has not started; its first input must be {@link Input.Start}. */
  public Kernel(Ports ports) {
    this.ports = ports;
  }

  /** The next effect, or null when there is none until the next input. */
  public @Nullable Effect poll() {
    return outbox.poll();
  }

  /**
   * Takes an input. What it causes is polled afterwards.
   *
   * @throws IllegalStateException if the first input is not a start, or a later one is
   */
  public void submit(Input input) {
    outbox.now(input.nowMillis());
    House started = house;
    Desk at = desk;
    if (input instanceof Input.Start start) {
      if (started != null) {
        throw new IllegalStateException("started twice");
      }
      start(start);
    } else if (started == null || at == null) {
      throw new IllegalStateException("not started");
    } else {
      route(input, started, at);
    }
    if (input instanceof Input.Verified) {
      stepAgain();
    } else {
      endTurn();
    }
  }

  /**
   * Goes on after the inputs that already wait. Signatures are verified one by one, and what became
   * of those that were answered meanwhile is worked on, and written, together.
   */
  private void stepAgain() {
    if (!steps && halted == null) {
      steps = true;
      outbox.emit(new Effect.StepAgain());
    }
  }

  private void start(Input.Start start) {
    House started = new House(ports, outbox, start);
    house = started;
    desk = new Desk(started, replies);
    Restart.start(started, this::restarted);
  }

  private void restarted(@Nullable Problem problem) {
    if (problem != null) {
      halt(problem);
      return;
    }
    loaded = true;
    List<Input.Commanded> queued = List.copyOf(waiting);
    waiting.clear();
    for (Input.Commanded each : queued) {
      if (desk != null && replies.isOpen(each.token())) {
        desk.handle(each.token(), each.command());
      }
    }
  }

  private void halt(Problem problem) {
    Reply.Failed failed = Replies.failed(problem, "");
    halted = failed;
    outbox.emit(new Effect.Halted(failed));
    replies.failAll(failed);
  }

  private void route(Input input, House at, Desk commands) {
    switch (input) {
      case Input.Start start -> throw new IllegalStateException("started twice");
      case Input.Loaded answer -> outbox.loaded(answer.token(), answer);
      case Input.LoadFailed answer -> outbox.loaded(answer.token(), answer);
      case Input.Persisted answer -> outbox.persisted(answer.token());
      case Input.PersistFailed answer -> outbox.persistFailed(answer.token(), answer.reason());
      case Input.Verified answer -> outbox.answered(answer.token(), answer.good());
      case Input.VerifiedMany many -> {
        for (Input.Answer answer : many.answers()) {
          outbox.answered(answer.token(), answer.good());
        }
      }
      case Input.Signed answer -> outbox.signed(answer.token(), Optional.of(answer.signature()));
      case Input.SignFailed answer -> {
        outbox.emit(new Effect.Warn("a key could not sign: " + answer.reason()));
        outbox.signed(answer.token(), Optional.empty());
      }
      case Input.InstanceMade answer -> outbox.keyAnswered(answer.token(), answer);
      case Input.InstanceFailed answer -> outbox.keyAnswered(answer.token(), answer);
      case Input.Prepared answer -> outbox.prepared(answer.token(), Optional.empty());
      case Input.PrepareFailed answer ->
          outbox.prepared(answer.token(), Optional.of(answer.reason()));
      case Input.TimerFired answer -> outbox.fired(answer.token());
      case Input.Consented answer -> outbox.answered(answer.token(), answer.granted());
      case Input.Stepped stepped -> steps = false;
      case Input.Commanded commanded -> command(commanded, commands);
      case Input.RelayState state ->
          commands.relay(new Reply.RelayRow(state.url(), state.up(), state.reason()));
      case Input.LinkUp up when !loaded && up.kind() == LinkKind.QUIC ->
          outbox.emit(new Effect.CloseLink(up.link(), "this peer still starts; try again"));
      case Input.LinkUp up -> linkUp(up, at);
      case Input.LinkDown down -> linkDown(down, at);
      case Input.DialFailed failed -> at.dialer().lost(failed.remote());
      case Input.MemberJoined joined -> memberJoined(joined, at);
      case Input.MemberLeft left -> {
        Room room = at.at(left.channel());
        if (room != null) {
          room.sync().peerDown(left.link().number());
        }
      }
      case Input.FrameArrived arrived -> frame(arrived, at);
    }
  }

  private void command(Input.Commanded commanded, Desk commands) {
    replies.opened(commanded.token());
    Reply.Failed down = halted;
    if (down != null) {
      replies.failAll(down);
    } else if (loaded) {
      commands.handle(commanded.token(), commanded.command());
    } else if (waiting.size() >= Limits.WAITING_COMMANDS) {
      Problem problem = Refusals.tooMany("commands wait for the store", Limits.WAITING_COMMANDS);
      replies.fail(commanded.token(), problem, "");
    } else {
      waiting.add(commanded);
    }
  }

  private static void linkUp(Input.LinkUp up, House at) {
    Link link = new Link(up.link(), up.remote(), up.kind());
    at.links().up(link);
    if (up.kind() != LinkKind.QUIC) {
      return;
    }
    at.dialer().up(up.remote());
    for (Room room : at.all()) {
      boolean known =
          room.record().way().addresses().stream()
              .anyMatch(hint -> hint.transport().equals(up.remote()));
      if (known && room.takesPart()) {
        room.sync().peerUp(up.link().number());
      }
    }
  }

  private static void linkDown(Input.LinkDown down, House at) {
    Link link = at.links().down(down.link());
    if (link == null) {
      return;
    }
    forget(link, at);
    if (link.kind == LinkKind.QUIC) {
      at.dialer().lost(link.remote);
    }
  }

  /** Nothing more comes over a link: no room waits for its peer, or for what it sent. */
  private static void forget(Link link, House at) {
    for (Room room : at.all()) {
      room.sync().peerDown(link.id.number());
      room.instance().forget(link.id.number());
    }
  }

  private static void memberJoined(Input.MemberJoined joined, House at) {
    Link link = at.links().get(joined.link().number());
    Room room = at.at(joined.channel());
    if (link != null && link.isOpen() && room != null) {
      room.sync().peerUp(joined.link().number());
    }
  }

  /** Rooms take nothing before all is read of the store: what they took then would not be kept. */
  private void frame(Input.FrameArrived arrived, House at) {
    long number = arrived.link().number();
    Link link = at.links().get(number);
    if (!loaded || link == null || !link.isOpen()) {
      return;
    }
    switch (FrameHeader.peek(arrived.frame())) {
      case Decoded.Bad<FrameHeader> bad ->
          at.links().charge(number, Offence.MALFORMED, bad.malformed().message());
      case Decoded.Ok<FrameHeader> ok -> deliver(ok.value(), arrived.frame(), link, at);
    }
  }

  /** A frame of a channel that is not known here is no fault: it may have been left just now. */
  private static void deliver(FrameHeader header, Bytes frame, Link link, House at) {
    Room room = at.at(header.channel());
    if (room != null) {
      room.frame(link, frame);
    }
  }

  private void endTurn() {
    House at = house;
    if (at == null || halted != null) {
      return;
    }
    at.links().takeClosed().forEach(link -> forget(link, at));
    work(at);
    for (Room room : at.all()) {
      room.wake();
      room.sync().pump();
      if (outbox.isOpen()) {
        room.push();
      }
    }
    Desk waiting = desk;
    if (waiting != null) {
      waiting.wake();
    }
    show(at);
    outbox.close();
    if (hasWork(at)) {
      stepAgain();
    }
  }

  private static boolean hasWork(House at) {
    for (Room room : at.all()) {
      if (room.instance().hasWork()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Lets the rooms work in turn, beginning after the one that ended the last turn, until one of
   * them has used its slice up: so a room with much to replay does not hold up the others.
   */
  private void work(House at) {
    List<Room> all = at.all();
    for (int i = 0; i < all.size(); i++) {
      Room room = all.get((nextRoom + i) % all.size());
      if (!room.instance().hasWork()) {
        continue;
      }
      room.instance().step();
      if (!room.instance().replay().caughtUp()) {
        nextRoom = (nextRoom + i + 1) % all.size();
        return;
      }
    }
  }

  private void show(House at) {
    Desk commands = desk;
    if (commands == null || !commands.isWatching() || !outbox.isOpen()) {
      return;
    }
    for (Room room : at.live()) {
      if (room.takeDirty()) {
        InstanceStatus status = room.status();
        outbox.whenPersisted(() -> outbox.emit(new Effect.Changed(status.instance(), status)));
      }
    }
  }
}

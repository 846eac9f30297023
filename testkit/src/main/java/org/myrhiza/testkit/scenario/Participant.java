// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.sim.SimPeer;

/** A peer of a scenario and its user, who joins as often as it takes and acts once joined. */
final class Participant {
  private static final long AGAIN_MILLIS = 500;
  private static final long JOIN_MILLIS = 20_000;

  private final Stage stage;
  private final Deque<Command.Act> wishes = new ArrayDeque<>();
  private @Nullable SimPeer peer;
  private boolean joined;
  private int triedIn = -1;
  private int askedIn = -1;
  private int unanswered;

  Participant(Stage stage) {
    this.stage = stage;
  }

  /** Begins; what joined already joins again only if its disk lied about that. */
  void begin(SimPeer started, boolean isJoined) {
    peer = started;
    joined = isJoined;
    goOn();
  }

  /** The peer, once it has begun. */
  Optional<SimPeer> peer() {
    return Optional.ofNullable(peer);
  }

  boolean isUp() {
    return peer != null && peer.isUp();
  }

  /** Whether it has joined, is up, and its user did all that was wished and was told of it. */
  boolean isDone() {
    return joined && wishes.isEmpty() && isUp() && !isWaiting();
  }

  /** Whether an answer is still to come; who crashed gives none. */
  private boolean isWaiting() {
    return peer != null && askedIn == peer.generation() && unanswered > 0;
  }

  /** Acts as soon as it can. */
  void act(Command.Act wish) {
    wishes.add(wish);
    fulfil();
  }

  private void fulfil() {
    SimPeer at = peer;
    while (at != null && at.isUp() && joined && !wishes.isEmpty()) {
      SimPeer asked = at;
      if (askedIn != at.generation()) {
        askedIn = at.generation();
        unanswered = 0;
      }
      unanswered++;
      at.ask(wishes.removeFirst(), reply -> answered(asked, reply));
    }
  }

  private void answered(SimPeer asked, Reply reply) {
    unanswered--;
    if (reply instanceof Reply.Acted acted) {
      stage.acknowledged().add(asked, acted);
    }
  }

  private void goOn() {
    SimPeer at = peer;
    if (at != null && at.isUp() && triedIn != at.generation()) {
      triedIn = at.generation();
      at.ask(new Command.ListApps(), this::listed);
    }
    fulfil();
    stage.world().after(AGAIN_MILLIS, this::goOn);
  }

  private void listed(Reply reply) {
    joined = reply instanceof Reply.Listed listed && !listed.instances().isEmpty();
    if (joined) {
      fulfil();
      return;
    }
    SimPeer at = peer;
    if (at != null) {
      at.ask(new Command.JoinApp(stage.invite(), "", Optional.empty(), JOIN_MILLIS), this::opened);
    }
  }

  private void opened(Reply reply) {
    joined |= reply instanceof Reply.Opened;
    if (!joined) {
      triedIn = -1;
    }
  }
}

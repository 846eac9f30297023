// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.List;
import java.util.Optional;
import org.myrhiza.event.Event;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.SimPeer;

/** A member whose key signs two events with one number, and tells some peers of one each. */
final class Forks {
  /** Strength of a trouble in which a cheat forks its key. */
  static final int CHEAT = 0;

  /** Strength of one in which a store is copied. */
  static final int COPY = 1;

  /** Strength of one in which keys are fenced. */
  static final int FENCES = 2;

  /** How many ways there are. */
  static final int WAYS = 3;

  private static final long EVERY_MILLIS = 1_000;

  private final Stage stage;

  Forks(Stage stage) {
    this.stage = stage;
  }

  void begin(Operation.Trouble trouble) {
    HostilePeer hostile = stage.hostile();
    RogueAuthor author = hostile.author("fork");
    Play play = stage.scenario().play();
    Event join = author.next(play.payload(0));
    List<Event> branches =
        List.of(
            author.event(2, Optional.of(join.id()), play.payload(1)),
            author.event(2, Optional.of(join.id()), play.payload(2)));
    hostile.repeat(
        EVERY_MILLIS,
        () -> {
          for (SimPeer peer : stage.world().peers()) {
            if (hostile.reaches(peer)) {
              stage.world().injected().add(FaultKind.FORK);
              Event branch = branches.get(peer.index() % branches.size());
              hostile.say(peer, new Message.Events(0, List.of(join, branch), false));
            }
          }
        });
    stage.world().after(trouble.forMillis(), hostile::leave);
  }
}

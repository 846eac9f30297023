// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.event.Event;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Tip;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.SimPeer;

/**
 * A member that announces events of its own and does not serve them, or serves them to the first
 * peer that asks and to no other.
 */
final class Withholding {
  /** Strength of a trouble in which one peer is served. */
  private static final int ONE_IS_SERVED = 1;

  private static final long EVERY_MILLIS = 1_000;
  private static final int EVENTS = 4;

  private final Stage stage;
  private boolean served;

  Withholding(Stage stage) {
    this.stage = stage;
  }

  void begin(Operation.Trouble trouble) {
    HostilePeer hostile = stage.hostile();
    RogueAuthor author = hostile.author("withhold");
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(author.next(stage.scenario().play().payload(i)));
    }
    Event last = events.get(EVENTS - 1);
    Tip tip = new Tip(author.key(), last.header().seq(), last.id());
    served = trouble.strength() != ONE_IS_SERVED;
    hostile.habit((from, message) -> {
      if (message instanceof Message.Pull pull && !served) {
        served = true;
        hostile.say(from, new Message.Events(pull.number(), events, false));
        hostile.say(from, new Message.SyncComplete(pull.number(), EVENTS, EVENTS));
      }
    });
    hostile.repeat(
        EVERY_MILLIS,
        () -> {
          for (SimPeer peer : stage.world().peers()) {
            if (hostile.reaches(peer)) {
              stage.world().injected().add(FaultKind.WITHHOLD);
              hostile.say(peer, new Message.Hello(new Frontier(List.of(tip)), Wish.NONE));
              hostile.say(peer, new Message.Events(0, List.of(last), false));
            }
          }
        });
    stage.world().after(trouble.forMillis(), hostile::leave);
  }
}

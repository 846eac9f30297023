// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.SimPeer;

/** A member that sends junk to everyone: no frames, no messages, no good events, no past. */
final class Flood {
  private static final long EVERY_MILLIS = 300;
  private static final int JUNK_BYTES = 200;
  private static final int ORPHANS = 2;

  private final Stage stage;

  Flood(Stage stage) {
    this.stage = stage;
  }

  void begin(Operation.Trouble trouble) {
    HostilePeer hostile = stage.hostile();
    Seeded random = new Seeded(trouble.atMillis()).fork("flood");
    RogueAuthor author = hostile.author("flood");
    hostile.repeat(
        EVERY_MILLIS,
        () -> {
          for (SimPeer peer : stage.world().peers()) {
            if (hostile.reaches(peer)) {
              stage.world().injected().add(FaultKind.FLOOD);
              junk(hostile, peer, author, random);
            }
          }
        });
    stage.world().after(trouble.forMillis(), hostile::leave);
  }

  private void junk(HostilePeer hostile, SimPeer to, RogueAuthor author, Seeded random) {
    Bytes payload = stage.scenario().play().payload(0);
    switch (random.nextInt(4)) {
      case 0 -> hostile.bring(to, random.nextBytes(JUNK_BYTES));
      case 1 -> hostile.sayBytes(to, random.nextBytes(JUNK_BYTES));
      case 2 -> {
        var bad = RogueAuthor.badlySigned(author.next(payload));
        hostile.say(to, new Message.Events(0, List.of(bad), false));
      }
      default -> hostile.say(to, new Message.Events(0, author.orphans(ORPHANS, payload), false));
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.event.Event;
import org.myrhiza.event.Fence;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.SimPeer;

/**
 * A member with keys that are fenced and write on: one by a key of the founder's user, who shuts
 * its user out, the other by another key of its own user, as after the loss of a device. Some peers
 * hear of the fences first, others of what was written after them.
 */
final class FencedKeys {
  private static final long EVERY_MILLIS = 1_000;

  private final Stage stage;
  private final List<Event> written = new ArrayList<>();
  private final List<Event> fences = new ArrayList<>();
  private final List<Event> writtenAfter = new ArrayList<>();

  FencedKeys(Stage stage) {
    this.stage = stage;
  }

  void begin(Operation.Trouble trouble) {
    HostilePeer hostile = stage.hostile();
    SimPeer founder = stage.world().peers().get(0);
    RogueAuthor outlaw = hostile.author("outlaw");
    fence(outlaw, hostile.author("deputy", founder), Fence.Subject.PRINCIPAL);
    RogueAuthor lost = hostile.author("lost", "owner");
    fence(lost, hostile.author("found", "owner"), Fence.Subject.CHAIN_KEY);
    List<Event> fencesFirst = new ArrayList<>(written);
    fencesFirst.addAll(fences);
    List<Event> fencesLast = new ArrayList<>(written);
    fencesLast.addAll(writtenAfter);
    hostile.repeat(
        EVERY_MILLIS,
        () -> {
          for (SimPeer peer : stage.world().peers()) {
            boolean even = peer.index() % 2 == 0;
            tell(hostile, peer, even ? fencesFirst : fencesLast);
            stage
                .world()
                .after(EVERY_MILLIS * 2, () -> tell(hostile, peer, even ? writtenAfter : fences));
          }
        });
    stage.world().after(trouble.forMillis(), hostile::leave);
  }

  /** One key writes and is fenced by another, which saw one of two events of its app. */
  private void fence(RogueAuthor fenced, RogueAuthor by, Fence.Subject subject) {
    Play play = stage.scenario().play();
    Event join = fenced.next(play.payload(0));
    Event seen = fenced.next(play.payload(0));
    Event unseen = fenced.next(play.payload(1));
    written.addAll(List.of(join, seen));
    writtenAfter.add(unseen);
    fences.add(by.next(play.payload(0)));
    fences.add(by.fence(new Fence(subject, fenced.key()), List.of(seen.id())));
  }

  private void tell(HostilePeer hostile, SimPeer peer, List<Event> events) {
    if (hostile.reaches(peer)) {
      stage.world().injected().add(FaultKind.FORK);
      hostile.say(peer, new Message.Events(0, events, false));
    }
  }
}

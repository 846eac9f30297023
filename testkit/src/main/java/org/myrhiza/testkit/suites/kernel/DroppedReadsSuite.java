// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.kernel.Effect;
import org.myrhiza.log.Limits;
import org.myrhiza.log.LogRecords;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.view.Field;

/** Events that are dropped while they are read of the store are gone, not damaged. */
public final class DroppedReadsSuite {
  private static final long SLOW_DISK_MILLIS = 1_000;
  private static final int AT_ONCE = 64;
  private static final int FLOOD = Limits.UNHELD + AT_ONCE;
  private static final int STEPS = 12;
  private static final String APP = "counter";

  /** Made once per test. */
  public DroppedReadsSuite() {}

  /** A peer that keeps next to nothing in memory, one that keeps all, and one who floods. */
  private static final class Story {
    final Simulation world = ToyPlatform.simulation(1, Faults.NONE);
    final Script script = new Script(world);
    final SimPeer whole = world.addPeer();
    final SimPeer thrifty = world.addPeer();
    final HostilePeer hostile;

    Story() {
      String invite = script.create(whole, ToyPlatform.bundleFile(APP)).invite();
      script.join(thrifty, invite);
      script.act(thrifty, APP, "add", new Field("amount", "1"));
      hostile = world.addHostile(invite);
      world.run(HostileTopic.LONG);
    }

    void push(List<Event> events) {
      for (int i = 0; i < events.size(); i += AT_ONCE) {
        List<Event> some = events.subList(i, Math.min(events.size(), i + AT_ONCE));
        hostile.say(thrifty, new Message.Events(0, some, false));
      }
    }

    InstanceStatus status(SimPeer peer) {
      return script.list(peer).getFirst();
    }

    long reads() {
      return thrifty.effects().stream().filter(DroppedReadsSuite::isRead).count();
    }
  }

  private static boolean isRead(Effect effect) {
    return effect instanceof Effect.Read read && read.keys().getFirst().at(0) == LogRecords.PREFIX;
  }

  /** The fork of one who floods becomes known while replay reads the flood of the store. */
  @Test
  void aFloodThatIsTakenBackWhileReplayReadsIt_stopsNothing() {
    long reads = 0;
    for (int step = 2; step < 6; step++) {
      reads += takeBack(step);
    }
    assertTrue(reads > 0, "replay reads the flood of the store: " + reads);
  }

  private static long takeBack(int after) {
    Story story = new Story();
    RogueAuthor flooder = story.hostile.author("flooder");
    List<Event> flood = new ArrayList<>();
    for (int i = 0; i < FLOOD + STEPS; i++) {
      flood.add(flooder.next(HostileTopic.ADD_ONE));
    }
    Bytes another = HostileTopic.ADD_ONE.plus(Bytes.of(1));
    Event twin = flooder.event(2, flood.get(1).header().prev(), another);
    ForkProof proof = ForkProof.of(flood.get(1), twin);

    story.thrifty.holdPersistsBack(SLOW_DISK_MILLIS);
    story.thrifty.holdVerifiesBack(HostileTopic.MOMENT);
    story.push(flood.subList(0, FLOOD));
    for (int i = 0; i < STEPS; i++) {
      if (i == after) {
        story.hostile.say(story.thrifty, new Message.Proofs(List.of(proof)));
      }
      story.push(List.of(flood.get(FLOOD + i)));
      story.world.run(SLOW_DISK_MILLIS / 2);
    }
    story.thrifty.holdPersistsBack(0);
    story.thrifty.holdVerifiesBack(0);
    story.world.run(HostileTopic.LONG);
    assertEquals("", story.status(story.thrifty).note(), "after " + after);
    assertEquals(story.status(story.whole).digest(), story.status(story.thrifty).digest());
    return story.reads();
  }
}

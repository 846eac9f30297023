// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.TopicId;
import org.myrhiza.instance.SyncState;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;

/** A topic with much to bring does not hold up another one of the same peer. */
final class TopicsInTurnSuite {
  private static final int MANY = 3_000;
  private static final int FEW = 5;
  private static final long PATIENCE = 120_000;

  private final Simulation world = ToyPlatform.simulation(1, Faults.NONE);
  private final Script script = new Script(world);
  private final List<TopicId> joined = new ArrayList<>();

  private String invite(SimPeer peer, int acts) {
    Reply.Opened opened = script.create(peer, ToyPlatform.bundleFile("counter"));
    for (int i = 0; i < acts; i++) {
      script.act(peer, opened.status().name(), "double");
    }
    return opened.invite();
  }

  private void join(SimPeer peer, String name, String invite) {
    Command join = new Command.JoinApp(invite, name, Optional.empty(), PATIENCE);
    peer.ask(
        join,
        reply -> {
          if (reply instanceof Reply.Opened opened) {
            joined.add(opened.status().instance());
          }
        });
  }

  @Test
  void aSmallTopicIsThereLongBeforeAGreatOne() {
    SimPeer one = world.addPeer();
    SimPeer two = world.addPeer();
    String great = invite(one, MANY);
    String small = invite(two, FEW);
    SimPeer late = world.addPeer();
    join(late, "great", great);
    join(late, "small", small);
    assertTrue(world.runUntil(() -> !joined.isEmpty(), PATIENCE));
    assertEquals(script.list(two).getFirst().instance(), joined.getFirst(), "the small one first");
    assertEquals(1, joined.size(), "the great one takes longer");
    assertTrue(world.runUntil(() -> joined.size() == 2, PATIENCE));
    world.run(PATIENCE);
    script.list(late).forEach(status -> assertEquals(SyncState.SYNCED, status.sync()));
    assertEquals(
        script.list(one).getFirst().digest(),
        script.list(late).stream()
            .filter(status -> status.instance().equals(joined.getLast()))
            .findFirst()
            .orElseThrow()
            .digest());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.view.Field;

/** Links that simulated peers dial carry events along a tree, and the tree mends. */
public final class DirectLinksSuite {
  private static final int PEERS = 6;
  private static final int ROUNDS = 12;
  private static final int MINUTE = 60_000;

  private final Simulation world = ToyPlatform.simulation(3, Faults.CALM);
  private final Script script = new Script(world);

  /** Each joins by the invitation of the one before, and so dials all before it. */
  private Reply.Opened open() {
    Reply.Opened opened = script.create(world.addListener(), ToyPlatform.bundleFile("counter"));
    String instance = opened.status().instance().text();
    SimPeer last = world.peers().get(0);
    for (int i = 1; i < PEERS; i++) {
      Reply reply = script.ask(last, new Command.Invite(instance));
      last = world.addListener();
      script.join(last, ((Reply.Invited) reply).invite());
    }
    return opened;
  }

  private long said(HostilePeer listener, Class<? extends Message> kind) {
    return world.peers().stream()
        .flatMap(peer -> listener.overhear(peer.effects()).stream())
        .filter(kind::isInstance)
        .count();
  }

  @Test
  void eventsRunAlongATree_whichMendsWhereLinksBreak() {
    Reply.Opened opened = open();
    String instance = opened.status().instance().text();
    assertEquals(PEERS * (PEERS - 1) / 2, world.directLinks());
    HostilePeer listener = world.addHostile(opened.invite());
    world.weather().begin(FaultKind.LOSS, 0, 300, MINUTE);
    for (int i = 0; i < ROUNDS; i++) {
      script.act(world.peers().get(i % PEERS), instance, "add", new Field("amount", "1"));
      world.run(2_000);
    }
    world.weather().clear();
    world.run(MINUTE);
    for (Class<? extends Message> kind :
        List.of(Message.Prune.class, Message.Announce.class, Message.Graft.class)) {
      assertTrue(said(listener, kind) > 0, kind.getSimpleName());
    }
    assertTrue(world.directLinks() > PEERS * (PEERS - 1) / 2, "broken links are dialled again");
    for (SimPeer peer : world.peers()) {
      assertEquals(
          script.list(world.peers().get(0)).get(0).digest(),
          script.list(peer).get(0).digest(),
          "peer " + peer.index());
    }
  }
}

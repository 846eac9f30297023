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
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.Write;
import org.myrhiza.log.LogRecords;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;

/** A topic with much to bring does not hold up another one of the same peer. */
final class TopicsInTurnSuite {
  private static final int MANY = 1_500;
  private static final int FEW = 5;
  private static final long PATIENCE = 120_000;

  /** Four pages, which is what a peer is asked for at once. */
  private static final int MOST_IN_A_ROW = 1_024;

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

  private TopicId create(SimPeer peer, String name, int acts, List<String> invites) {
    Reply.Opened opened = script.create(peer, ToyPlatform.bundleFile(name));
    for (int i = 0; i < acts; i++) {
      script.act(peer, opened.status().name(), "double");
    }
    invites.add(opened.invite());
    return opened.status().instance();
  }

  /** How many events of a topic a peer wrote with each of its batches. */
  private static List<Integer> written(SimPeer peer, TopicId topic) {
    List<Integer> batches = new ArrayList<>();
    for (Effect effect : peer.effects()) {
      if (effect instanceof Effect.Persist persist) {
        int events = 0;
        for (Write write : persist.writes()) {
          boolean event =
              write instanceof Write.Put put && put.key().startsWith(LogRecords.from(topic));
          events += event ? 1 : 0;
        }
        batches.add(events);
      }
    }
    return batches;
  }

  @Test
  void twoTopicsOfOneServer_comeInTurns() {
    SimPeer server = world.addPeer();
    List<String> invites = new ArrayList<>();
    TopicId great = create(server, "great", 1_400, invites);
    TopicId small = create(server, "small", 300, invites);
    SimPeer late = world.addPeer();
    join(late, "great", invites.getFirst());
    join(late, "small", invites.getLast());
    assertTrue(world.runUntil(() -> joined.size() == 2, PATIENCE));
    assertEquals(List.of(small, great), joined);
    List<Integer> ofGreat = written(late, great);
    List<Integer> ofSmall = written(late, small);
    assertEquals(1_401, ofGreat.stream().mapToInt(events -> events).sum());
    int left = 301;
    int inARow = 0;
    for (int i = 0; i < ofSmall.size() && left > 0; i++) {
      inARow = ofSmall.get(i) > 0 ? 0 : inARow + ofGreat.get(i);
      assertTrue(inARow <= MOST_IN_A_ROW, "great " + ofGreat + ", small " + ofSmall);
      left -= ofSmall.get(i);
    }
    assertEquals(0, left);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Recording;
import org.myrhiza.kernel.Replayer;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.sim.Cluster;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.view.Field;

/** Five kernels under delay, loss, duplication, reordering and crashes. */
public final class ClusterSuite {
  private static final int PEERS = 5;
  private static final int ACTS = 12;
  private static final int MANY = 9;

  private static Cluster run(long seed) {
    Cluster cluster = new Cluster(ToyPlatform.simulation(seed, Faults.ALL));
    cluster.open(ToyPlatform.bundleFile("counter"), PEERS);
    cluster.act(
        ACTS,
        random ->
            random.chance(1, 4)
                ? new Cluster.Wish("double")
                : new Cluster.Wish(
                    "add", new Field("amount", Integer.toString(random.between(1, 9)))));
    return cluster;
  }

  @Test
  void fivePeersConvergeWhateverHappens() {
    for (long seed = 1; seed <= 4; seed++) {
      Cluster cluster = run(seed);
      Cluster.Verdict verdict = cluster.settle();
      assertTrue(verdict.converged(), "seed " + seed + ": " + verdict);
      assertEquals(0, verdict.lost(), "seed " + seed + ": acknowledged and not there");
      assertTrue(verdict.crashes() > 0, "seed " + seed + " crashed nobody");
      assertTrue(verdict.rollbacks() > 0, "seed " + seed + " rolled nothing back");
    }
  }

  /** Direct links carry to one peer each, so that events run along a tree. */
  @Test
  @Proves("SYNC-8")
  void overDirectLinksPeersConvergeToo_andPruneWhatComesTwice() {
    Simulation world = ToyPlatform.simulation(3, Faults.ALL);
    world.direct();
    Cluster cluster = new Cluster(world);
    cluster.open(ToyPlatform.bundleFile("counter"), MANY);
    HostilePeer spy = world.addHostile(cluster.invite());
    cluster.act(3, _ -> new Cluster.Wish("add", new Field("amount", "1")));
    Cluster.Verdict verdict = cluster.settle();
    assertTrue(verdict.converged(), verdict.toString());
    assertEquals(0, verdict.lost());
    int pruned = 0;
    for (SimPeer peer : world.peers()) {
      List<Effect> effects = peer.effects();
      assertTrue(effects.stream().noneMatch(effect -> effect instanceof Effect.Publish));
      pruned +=
          (int)
              spy.overhear(effects).stream()
                  .filter(message -> message instanceof Message.Prune)
                  .count();
    }
    assertTrue(pruned > MANY, "each prunes some: " + pruned);
  }

  @Test
  @Proves("ORDER-5")
  void aForkedKeyIsHeldAlikeEverywhereAndItsHoldersGoOnUnderOthers() {
    Cluster cluster = new Cluster(ToyPlatform.simulation(1, Faults.SLOW));
    cluster.open(ToyPlatform.bundleFile("counter"), PEERS);
    Cluster.Wish one = new Cluster.Wish("add", new Field("amount", "1"));
    cluster.act(1, _ -> one);
    SimPeer copied = cluster.world().peers().get(1);
    long honest = cluster.settle().events();
    SimPeer twin = cluster.world().addTwin(copied);
    cluster.world().faults(Faults.SLOW);
    cluster.act(3, _ -> one);
    Cluster.Verdict verdict = cluster.settle();
    assertTrue(verdict.converged(), verdict.toString());
    assertTrue(verdict.events() > honest, "others go on");
    PublicKey old = copied.signers().get(0);
    for (SimPeer forked : List.of(copied, twin)) {
      assertNotEquals(old, forked.signer());
      cluster.act(1, _ -> one);
    }
    assertTrue(cluster.settle().converged());
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    Bytes first = trace(7);
    assertEquals(first, trace(7));
    assertNotEquals(first, trace(8));
  }

  private static Bytes trace(long seed) {
    Cluster cluster = run(seed);
    cluster.settle();
    return cluster.world().traceHash();
  }

  @Test
  void aRecordingReplaysWithTheSameEffects() {
    Cluster cluster = run(3);
    cluster.settle();
    for (SimPeer peer : cluster.world().peers()) {
      Recording recording = peer.recording();
      Recording read = Recording.CODEC.decode(Recording.CODEC.encode(recording)).orThrow();
      Replayer.Outcome outcome = Replayer.replay(read, ToyPlatform::kernel, _ -> {});
      assertInstanceOf(Replayer.Outcome.Same.class, outcome, outcome.toString());
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.InputCodec;
import org.myrhiza.kernel.Recording;
import org.myrhiza.kernel.Replayer;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.sim.Cluster;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.view.Field;
import org.myrhiza.view.ViewText;

/** Counter and poll as components on Chicory's compiler, in one peer and in five under faults. */
final class RealComponentsTest {
  private static final int PEERS = 5;
  private static final int ACTS = 8;

  /** Where the page's replay of this run finds it. */
  private static final String RECORDING = "platform-jvm/target/recordings/counter.bin";

  private final RealPlatform platform = new RealPlatform(ChicoryEngine.compiled());

  private Cluster counters(long seed) {
    return counters(platform, seed);
  }

  private static Cluster counters(RealPlatform platform, long seed) {
    Cluster cluster = new Cluster(platform.simulation(seed, Faults.ALL));
    cluster.open(platform.bundleFile("counter"), PEERS);
    cluster.act(
        ACTS,
        random ->
            new Cluster.Wish(
                random.nextBoolean() ? "add" : "subtract",
                new Field("amount", Integer.toString(random.between(1, 9)))));
    return cluster;
  }

  @Test
  void onePeerCountsAndPolls() {
    Simulation world = platform.simulation(1, Faults.NONE);
    Script script = new Script(world);
    SimPeer peer = world.addPeer();
    script.create(peer, platform.bundleFile("counter"));
    script.act(peer, "counter", "add", new Field("amount", "5"));
    script.act(peer, "counter", "subtract", new Field("amount", "7"));
    assertThat(ViewText.render(script.view(peer, "counter").view())).contains("-2");
    script.create(
        peer,
        platform.bundleFile("poll"),
        new Field("title", "Lunch"),
        new Field("option", "Pizza"),
        new Field("option", "Soup"));
    script.act(peer, "poll", "vote", new Field("option", "Soup"));
    assertThat(ViewText.render(script.view(peer, "poll").view())).contains("Soup");
    assertThat(script.act(peer, "poll", "end").verdict().accepted()).isTrue();
  }

  @Test
  void fivePeersConvergeUnderFaults() {
    Cluster cluster = counters(1);
    Cluster.Verdict verdict = cluster.settle();
    assertThat(verdict.converged()).as("seed 1: %s", verdict).isTrue();
    assertThat(verdict.lost()).as("seed 1: acknowledged and lost").isZero();
    assertThat(verdict.crashes()).as("seed 1: crashes").isPositive();
    assertThat(verdict.rollbacks()).as("seed 1: rollbacks").isPositive();
  }

  @Test
  void theSameSeedGivesTheSameTraceCompiledOrInterpreted() {
    Cluster compiled = counters(2);
    compiled.settle();
    Bytes trace = compiled.world().traceHash();
    RealPlatform interpreted = new RealPlatform(ChicoryEngine.interpreted());
    Cluster again = counters(interpreted, 2);
    again.settle();
    assertThat(again.world().traceHash()).isEqualTo(trace);
  }

  @Test
  void aRunWithAForkAndCrashesReplaysByteForByte() throws IOException {
    Cluster cluster = counters(3);
    Cluster.Wish one = new Cluster.Wish("add", new Field("amount", "1"));
    cluster.act(14 * ACTS, _ -> one);
    cluster.settle();
    cluster.world().addTwin(cluster.world().peers().get(1));
    // Who sees his own key go on elsewhere before he writes forks nothing.
    cluster.settle();
    cluster.world().faults(Faults.SLOW);
    cluster.act(2, _ -> one);
    Cluster.Verdict verdict = cluster.settle();
    assertThat(verdict.converged()).as("seed 3: %s", verdict).isTrue();
    Recording recording = longest(cluster);
    assertThat(recording.steps().size()).isGreaterThanOrEqualTo(2_000);
    assertThat(verdict.rollbacks()).isPositive();
    assertThat(starts(recording)).as("starts of the recorded peer").isGreaterThan(1);
    assertThat(cluster.world().peers().get(1).signers())
        .as("keys of the copied")
        .hasSizeGreaterThan(1);
    Replayer.Outcome outcome = Replayer.replay(recording, platform::kernel, this::prepare);
    assertThat(outcome instanceof Replayer.Outcome.Same).isTrue();
    Path file = Repository.root().resolve(RECORDING);
    Files.createDirectories(file.getParent());
    Files.write(file, Recording.CODEC.encode(recording).toArray());
  }

  /** The recording of the peer that was told most, crashes included. */
  private static Recording longest(Cluster cluster) {
    return cluster.world().peers().stream()
        .map(peer -> peer.recording())
        .filter(recording -> starts(recording) > 1)
        .max(Comparator.comparingInt(recording -> recording.steps().size()))
        .orElseThrow();
  }

  private static long starts(Recording recording) {
    return recording.steps().stream()
        .filter(step -> InputCodec.INSTANCE.decode(step.input()).orThrow() instanceof Input.Start)
        .count();
  }

  private void prepare(Effect effect) {
    if (effect instanceof Effect.Prepare prepare) {
      platform.prepare(prepare);
    }
  }
}

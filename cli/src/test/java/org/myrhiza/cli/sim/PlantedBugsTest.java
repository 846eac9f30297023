// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli;

/**
 * The simulator finds mistakes: each of five, planted in the kernel's sources, makes one of the
 * seeds fail that pass without it.
 */
@Tag("slow")
final class PlantedBugsTest {
  private static final int FAILED = 1;

  /** Of two branches of a chain, the one that was seen first is taken for valid. */
  private static final Patch FIRST_SEEN_WINS =
      new Patch(
          "org.myrhiza.log.Validity",
          "      LogEntry prev = log.entry(header.prev().get());\n",
          """
                LogEntry prev = log.entry(header.prev().get());
                Chain chain = log.chain(header.signer());
                if (chain != null && chain.branches().getFirst().lastSeq() >= header.seq()) {
                  return refused("seq", "taken", "free");
                }
          """);

  private static final Patch ARRIVAL_ORDER_IN_A_TIE =
      new Patch(
          "org.myrhiza.log.Holdings",
          "    Place place = Place.of(topic, depthOf(event), principal, event.id());\n",
          """
              var arrival =
                  org.myrhiza.bytes.CanonicalWriter.write(w -> w.u64(0).u64(graph.size()));
              Place place = new Place(depthOf(event), arrival, event.id());
          """);

  private static final Patch ACKNOWLEDGE_BEFORE_PERSIST =
      new Patch("org.myrhiza.kernel.Outbox", "    open.held.add(then);", "    then.run();");

  /** What had to make room counts as there, so that it is not taken when it comes again. */
  private static final Patch EVICTION_LOSES =
      new Patch(
          "org.myrhiza.log.Pending",
          "      remove(last);\n",
          """
                Waiting lost = remove(last);
                if (lost != null) {
                  waiting.put(last, lost);
                }
          """);

  private static final Patch DIGEST_MISSES_DELETES =
      new Patch(
          "org.myrhiza.state.StateTrie",
          "      unlink(leaf, path);",
          "      // nothing is removed");

  private static void isFound(Patch bug) throws Exception {
    isFound(1, bug);
  }

  /**
   * The patch makes a seed fail that passes without it.
   *
   * @param from the seed to begin with; those before it are known not to show this mistake
   */
  private static void isFound(long from, Patch bug) throws Exception {
    String found = PatchedKernel.with(bug).firstFailure(from, SeedRuns.SEEDS);
    assertThat(found).as("no seed finds it").isNotEmpty();
    long seed = Long.parseLong(found.substring(0, found.indexOf(' ')));
    String sound = SeedRuns.firstFailure(seed, seed);
    assertThat(sound).as("seed %s without the mistake; with it: %s", seed, found).isEmpty();
  }

  @Test
  void firstSeenWins() throws Exception {
    isFound(FIRST_SEEN_WINS);
  }

  @Test
  void acknowledgeBeforePersist() throws Exception {
    isFound(ACKNOWLEDGE_BEFORE_PERSIST);
  }

  @Test
  void arrivalOrderInATie() throws Exception {
    isFound(ARRIVAL_ORDER_IN_A_TIE);
  }

  @Test
  void evictionThatLosesAnEvent() throws Exception {
    isFound(EVICTION_LOSES);
  }

  @Test
  void digestThatMissesADelete() throws Exception {
    isFound(12, DIGEST_MISSES_DELETES);
  }

  /** What is left of the run is so little that without the mistake nothing comes of it. */
  @Test
  void aRunThatDivergesShrinksToAScriptThatDivergesAlike(@TempDir Path folder) throws Exception {
    PatchedKernel mistaken = PatchedKernel.with(ARRIVAL_ORDER_IN_A_TIE);
    String script = folder.resolve("diverging.sim").toString();
    Cli.Ended failing =
        mistaken.run(
            "sim", "--json", "--peers", "6", "--events", "30", "--seed", "2", "--shrink", script);
    assertThat(failing.exit()).isEqualTo(FAILED);
    assertThat(failing.json().get("converged").asBoolean()).isFalse();
    assertThat(Files.readAllLines(Path.of(script)).size()).isBetween(5, 15);
    Cli.Ended replayed = mistaken.run("sim", "--json", "--replay", script);
    assertThat(replayed.exit()).isEqualTo(FAILED);
    assertThat(replayed.json().get("converged").asBoolean()).isFalse();
    assertThat(mistaken.run("sim", "--json", "--replay", script)).isEqualTo(replayed);
    Cli.Ended sound = Cli.bare("sim", "--json", "--replay", script);
    assertThat(sound.json().get("converged").asBoolean()).as(sound.toString()).isTrue();
    assertThat(sound.exit()).isNotEqualTo(failing.exit());
  }
}

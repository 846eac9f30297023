// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli;
import org.myrhiza.testkit.sim.FaultKind;

/** The command {@code sim}: its answer, its exit codes, its scripts. */
final class SimCommandTest {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final String TRACE_HASH =
      "272e38e38e75536c34d7c78feba3726844c6e2c9e28d7e88fcac8540fb4b06cb";

  private static Cli.Ended sim(String... more) {
    List<String> args = new ArrayList<>(List.of("sim", "--json"));
    args.addAll(List.of(more));
    return Cli.bare(args.toArray(String[]::new));
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void answersWithWhatWasAskedAndWhatHappened() {
    Cli.Ended ended = sim("--peers", "4", "--events", "12", "--seed", "5", "--faults", "all");
    JsonNode json = ended.json();
    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(names(json))
        .containsExactly(
            "seed", "peers", "events", "converged", "steps", "faults", "digest", "traceHash");
    assertThat(json.get("seed").asLong()).isEqualTo(5);
    assertThat(json.get("peers").asInt()).isEqualTo(4);
    assertThat(json.get("events").asInt()).isEqualTo(12);
    assertThat(json.get("converged").asBoolean()).isTrue();
    assertThat(json.get("steps").asLong()).isPositive();
    assertThat(names(json.get("faults")))
        .isEqualTo(FaultKind.ALL.stream().map(FaultKind::word).toList());
    json.get("faults").forEach(count -> assertThat(count.asInt()).isPositive());
    assertThat(json.get("digest").asText()).hasSize(64);
    assertThat(json.get("traceHash").asText()).hasSize(64);
  }

  /**
   * Real cryptography and both engines, on whatever machine. When the simulator, a kernel's inputs
   * and effects or the app change on purpose, the hash follows: run the command with the same
   * arguments and write the {@code traceHash} of its answer here.
   */
  @Test
  void theSameSeedGivesTheSameTraceOnAnyMachine() {
    Cli.Ended ended = sim("--peers", "5", "--events", "15", "--seed", "3", "--faults", "all");
    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(ended.text("traceHash")).isEqualTo(TRACE_HASH);
  }

  @Test
  void withoutFaultsNothingGoesWrong() {
    Cli.Ended ended = sim("--peers", "3", "--events", "6", "--faults", "none", "--app", "poll");
    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(ended.json().get("faults")).isEmpty();
  }

  @Test
  void wrongUseIsToldAsSuch(@TempDir Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("none.sim"), "nonsense");
    for (String[] wrong :
        List.of(
            new String[] {"--faults", "crash,earthquake"},
            new String[] {"--peers", "1"},
            new String[] {"--events", "-1"},
            new String[] {"--app", "toy"},
            new String[] {"--replay", script.toString()})) {
      Cli.Ended ended = sim(wrong);
      assertThat(ended.exit()).as(ended.toString()).isEqualTo(WRONG_USE);
    }
    assertThat(sim("--replay", folder.resolve("missing").toString()).exit()).isEqualTo(FAILED);
  }

  /** A fault that was asked for and finds nothing to strike fails a run: here nobody writes. */
  @Test
  void aFailingRunShrinksToAScriptThatFailsAlike(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("failing.sim");
    String[] failing = {
      "--peers",
      "5",
      "--events",
      "0",
      "--seed",
      "4",
      "--faults",
      "torn-write,delay,partition,loss",
      "--shrink",
      script.toString()
    };
    Cli.Ended ended = sim(failing);
    assertThat(ended.exit()).as(ended.toString()).isEqualTo(FAILED);
    assertThat(ended.err()).contains("never happened");
    List<String> lines = Files.readAllLines(script);
    assertThat(lines)
        .hasSizeLessThan(20)
        .anyMatch(line -> line.matches(".* (torn-write|delay|partition|loss) .*"));
    Cli.Ended replayed = sim("--replay", script.toString());
    assertThat(replayed.exit()).isEqualTo(FAILED);
    assertThat(replayed.err()).contains("never happened");
    assertThat(sim("--replay", script.toString()).out()).isEqualTo(replayed.out());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.myrhiza.jvm.ChicoryTestEngine;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.fuzz.BudgetSweep;
import org.myrhiza.testkit.fuzz.FuzzPins;
import org.myrhiza.testkit.fuzz.FuzzRun;
import org.myrhiza.testkit.stack.TestEngine;

/** Both of Chicory's engines line by line, rewritten modules against plain ones, and the pins. */
final class FuzzEnginesTest {
  private static final long NIGHTLY_FROM = 1_000_000;
  private static final int NIGHTLY_SEEDS = 10_000;

  /** Seeds for which metering is compared with none. */
  private static final int PLAIN_SEEDS = 60;

  private final TestEngine compiled = new ChicoryTestEngine(ChicoryEngine.compiled());
  private final TestEngine interpreted = new ChicoryTestEngine(ChicoryEngine.interpreted());

  private void compare(long seed) {
    FuzzRun.Transcript one = FuzzRun.of(seed, compiled);
    assertThat(one.complaints()).isEmpty();
    assertThat(FuzzRun.of(seed, interpreted).lines()).as("seed %s", seed).isEqualTo(one.lines());
  }

  @Test
  @Tag("nightly")
  void tenThousandModules_endAlikeCompiledAndInterpreted() {
    for (long seed = NIGHTLY_FROM; seed < NIGHTLY_FROM + NIGHTLY_SEEDS; seed++) {
      compare(seed);
    }
  }

  /** Where a pin fails, this names the seed and the line, if Chicory's engines differ in it. */
  @Test
  @Tag("nightly")
  void theSeedsOfEachCheck_endAlikeLineByLine() {
    FuzzPins.blocks().forEach(block -> block.forEach(this::compare));
  }

  /** Interpreted: the compiler does not take the guest's dead code, which rewriting leaves out. */
  @Test
  @Tag("slow")
  void meteringChangesNoMeaning() {
    int compared = 0;
    for (long seed = 0; seed < PLAIN_SEEDS; seed++) {
      FuzzRun.Transcript transcript = FuzzRun.unmetered(seed, interpreted, interpreted);
      assertThat(transcript.complaints()).isEmpty();
      compared += transcript.lines().size();
    }
    assertThat(compared).isGreaterThan(PLAIN_SEEDS);
  }

  /** Run on purpose only: see the end of {@code docs/spec/metering.md}. */
  @Test
  @EnabledIfSystemProperty(named = "myrhiza.fuzz.pins", matches = "write")
  void writePins() throws IOException {
    StringBuilder json = new StringBuilder("{\n  \"version\": 0,\n  \"blocks\": [");
    String separator = "\n";
    for (List<Long> block : FuzzPins.blocks()) {
      FuzzPins.Pin pin = FuzzPins.run(block, compiled);
      json.append(separator).append("    {\"seeds\": ").append(pin.seeds());
      json.append(",\n     \"hash\": \"").append(pin.hash());
      json.append("\",\n     \"marks\": [\"").append(String.join("\", \"", pin.marks()));
      json.append("\"]}");
      separator = ",\n";
    }
    String sweep = FuzzRun.hash(String.join("\n", BudgetSweep.run(compiled)));
    json.append("\n  ],\n  \"sweep\": \"").append(sweep).append("\"\n}\n");
    Path file = Repository.root().resolve("docs/spec/vectors/metering/fuzz.json");
    Files.writeString(file, json);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.myrhiza.jvm.ChicoryTestEngine;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.fuzz.FuzzPins;
import org.myrhiza.testkit.fuzz.FuzzRun;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The fuzzer finds mistakes: each of three engines differs from the pins within the seeds. */
@Tag("slow")
final class PlantedBugsTest {
  private final TestEngine sound = new ChicoryTestEngine(ChicoryEngine.interpreted());

  /** The first seed whose transcript is not the pinned one or that complains. */
  private static OptionalLong firstFound(TestEngine engine) {
    for (JsonValue json : Json.parse(VectorFiles.spec("metering/fuzz.json")).at("blocks").items()) {
      FuzzPins.Pin pin = FuzzPins.read(json);
      List<Long> seeds = pin.seeds();
      for (int i = 0; i < seeds.size(); i++) {
        FuzzRun.Transcript transcript = FuzzRun.of(seeds.get(i), engine);
        boolean same = transcript.mark().equals(pin.marks().get(i));
        if (!same || !transcript.complaints().isEmpty()) {
          return OptionalLong.of(seeds.get(i));
        }
      }
    }
    return OptionalLong.empty();
  }

  @Test
  void aChargeOffByOne_isFound() {
    assertThat(firstFound(PlantedBugs.cheap(sound))).isPresent();
  }

  @Test
  void signedForUnsignedDivision_isFound() {
    assertThat(firstFound(PlantedBugs.signed(sound))).isPresent();
  }

  @Test
  void aMemoryThatIsNotPutBack_isFound() {
    assertThat(firstFound(PlantedBugs.forgetful(sound))).isPresent();
  }
}

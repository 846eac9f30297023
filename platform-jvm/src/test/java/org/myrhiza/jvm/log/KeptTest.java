// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.suites.log.AdmissionVectors;
import org.myrhiza.testkit.suites.log.KeptSuite;
import org.myrhiza.testkit.suites.log.KeptVectors;

/** What {@code KeptSuite} has no time for in a page, and the vectors that it reads. */
final class KeptTest {
  private static final int FIRST_SEED = 1_000_000;
  private static final int SEEDS = 12_500;

  @Test
  @Tag("nightly")
  void mergingInAnyOrder_thousandsOfTopics_givesWhatAllTogetherGive() {
    assertThat(KeptSuite.mergeAll(FIRST_SEED, SEEDS).acknowledged()).isGreaterThan(SEEDS);
  }

  /** Run on purpose only: see the head of {@code docs/spec/order.md}. */
  @Test
  @EnabledIfSystemProperty(named = "myrhiza.kept.vectors", matches = "write")
  void writeVectors() throws IOException {
    Path folder = Repository.root().resolve("docs/spec/vectors");
    Files.writeString(folder.resolve("kept.json"), KeptVectors.write());
    Files.writeString(folder.resolve("admission.json"), AdmissionVectors.write());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic's memory is bounded: events, results and values ahead of a rerun are in the store. */
final class MillionEventsTest {
  @TempDir Path folder;

  private String run(String heap, int events) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    heap,
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MillionEvents.class.getName(),
                    folder.toString(),
                    Integer.toString(events)))
            .redirectErrorStream(true)
            .start();
    try (var output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void sixtyThousandEvents_inAHeapThatDoesNotHoldThem() throws Exception {
    assertThat(run("-Xmx52m", 60_000)).contains("after a restart: 60,003 counted");
  }

  @Test
  @Tag("nightly")
  void aMillionEvents_inAHeapOf512Megabytes() throws Exception {
    assertThat(run("-Xmx512m", 1_000_000)).contains("after a restart: 1,000,003 counted");
  }
}

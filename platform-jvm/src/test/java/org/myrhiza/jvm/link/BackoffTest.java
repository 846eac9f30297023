// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Waits double, stay in their upper half, and stop growing. */
final class BackoffTest {
  @Test
  void next_growsToTheLongestAndResetBeginsAgain() {
    for (long seed = 0; seed < 50; seed++) {
      Backoff backoff =
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), new Random(seed));
      long[] most = {100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000};
      for (long bound : most) {
        assertThat(backoff.next().toMillis()).as("seed " + seed).isBetween(bound / 2, bound);
      }
      backoff.reset();
      assertThat(backoff.next().toMillis()).as("seed " + seed).isBetween(50L, 100L);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling up to a bound, each wait drawn from its upper
 * half, so that clients that lost one relay together do not come back together.
 */
final class Backoff {
  private final long firstMillis;
  private final long longestMillis;
  private final RandomGenerator random;
  private int tries;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.firstMillis = Math.max(1, first.toMillis());
    this.longestMillis = Math.max(firstMillis, longest.toMillis());
    this.random = random;
  }

  /** Returns the next wait. */
  Duration next() {
    long most = firstMillis;
    for (int i = 0; i < tries && most < longestMillis; i++) {
      most *= 2;
    }
    most = Math.min(most, longestMillis);
    tries++;
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }

  /** Begins with the first wait again. */
  void reset() {
    tries = 0;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.Arrays;
import java.util.List;

/**
 * Lets contenders do their work in turn, round after round, so that a machine that is busy for a
 * while is so for all of them, and takes medians.
 */
public final class Rounds {
  /** Enough for a median that one bad round does not move. */
  private static final int ROUNDS = 5;

  /** A round of one contender. */
  private static final double ROUND_NANOS = 150e6;

  /** Work before the first round, for each contender: the JVM compiles in the background. */
  private static final double WARM_NANOS = 500e6;

  /** The most work between two looks at the clock while warming up. */
  private static final int MOST_AT_ONCE = 1 << 24;

  private final Platform platform;
  private final Samples samples;

  /** Measures by the platform's clock into the samples. */
  public Rounds(Platform platform, Samples samples) {
    this.platform = platform;
    this.samples = samples;
  }

  /**
   * Measures; each contender's median of nanoseconds for one piece of work becomes a sample under
   * its name.
   *
   * @throws IllegalStateException if a result is wrong
   */
  public void measure(List<Contender> contenders) {
    int[] times = new int[contenders.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = warm(contenders.get(i));
    }
    double[][] seen = new double[times.length][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < times.length; i++) {
        seen[i][round] = once(contenders.get(i), times[i]) / times[i];
      }
    }
    for (int i = 0; i < times.length; i++) {
      samples.put(contenders.get(i).name(), median(seen[i]));
    }
  }

  private double once(Contender contender, int times) {
    double begin = platform.nanos();
    contender.run(times);
    return platform.nanos() - begin;
  }

  /** How often the work is to be done in one round. */
  private int warm(Contender contender) {
    int times = 1;
    double last = once(contender, times);
    double all = last;
    while (all < WARM_NANOS || last < ROUND_NANOS / 4) {
      if (last < ROUND_NANOS / 2 && times < MOST_AT_ONCE) {
        times *= 2;
      }
      last = once(contender, times);
      all += last;
    }
    return (int) Math.max(1, times * ROUND_NANOS / last);
  }

  /** The one in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

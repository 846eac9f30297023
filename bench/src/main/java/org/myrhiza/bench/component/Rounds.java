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

  /** Work before the first round, for each contender, at least and at most. */
  private static final double WARM_NANOS = 500e6;

  private static final double MOST_WARM_NANOS = 3e9;

  /** So often in turn the work may not have become faster before it counts as warm. */
  private static final int CALM = 6;

  /** What counts as faster. */
  private static final double GAIN = 0.97;

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

  /**
   * Works until it becomes no faster, since the JVM compiles in the background and on a busy
   * machine late, and says how often the work is to be done in one round.
   */
  private int warm(Contender contender) {
    int times = 1;
    int calm = 0;
    double all = 0;
    double best = Double.MAX_VALUE;
    while (all < MOST_WARM_NANOS && (all < WARM_NANOS || calm < CALM)) {
      double took = once(contender, times);
      all += took;
      calm = took / times < best * GAIN ? 0 : calm + 1;
      best = Math.min(best, took / times);
      if (took < ROUND_NANOS / 2 && times < MOST_AT_ONCE) {
        times *= 2;
        calm = 0;
      }
    }
    return (int) Math.max(1, Math.min(MOST_AT_ONCE, ROUND_NANOS / Math.max(1, best)));
  }

  /** The one in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.deep;

import org.myrhiza.testkit.suites.kernel.CrashSuite;
import org.myrhiza.testkit.suites.log.DeliverySuite;
import org.myrhiza.testkit.suites.log.KeptSuite;
import org.myrhiza.testkit.suites.log.OrderCostSuite;
import org.myrhiza.testkit.suites.log.StandingSuite;
import org.myrhiza.testkit.suites.replay.SkipSuite;

/**
 * Neutral properties over far more seeds than their suites have time for, the same on every stack:
 * {@code delivery}, {@code kept}, {@code standing} and {@code skip} by seeds, {@code crash} by the
 * first effect and the distance of two, {@code order} by two sizes of a log.
 */
public final class DeepRun {
  private DeepRun() {}

  /**
   * Runs a property; fails as its suite does.
   *
   * @param property its name
   * @param first the first seed, effect or size
   * @param count how many seeds, or effects between two crashes, or the other size
   * @return what was seen, the same text on every stack
   */
  public static String of(String property, int first, int count) {
    return switch (property) {
      case "delivery" -> DeliverySuite.deliverAll(first, count).toString();
      case "kept" -> KeptSuite.mergeAll(first, count).toString();
      case "standing" -> "dropped " + StandingSuite.agreeAll(first, count);
      case "skip" -> SkipSuite.skipAll(first, count);
      case "crash" -> "runs " + CrashSuite.crashAll(first, count);
      case "order" -> OrderCostSuite.grow(first, count);
      default -> throw new IllegalArgumentException("no property is called " + property);
    };
  }
}

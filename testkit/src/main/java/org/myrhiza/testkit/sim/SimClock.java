// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.TreeMap;

/**
 * Virtual time and what happens in it: of two things at one moment the first planned comes first.
 */
final class SimClock {
  /** Some day in 2026, in milliseconds since 1970. */
  private static final long BEGIN_MILLIS = 1_780_000_000_000L;

  private final TreeMap<Moment, Runnable> planned = new TreeMap<>();
  private long now = BEGIN_MILLIS;
  private long count;

  private record Moment(long millis, long number) implements Comparable<Moment> {
    @Override
    public int compareTo(Moment other) {
      int byTime = Long.compare(millis, other.millis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  long now() {
    return now;
  }

  void after(long millis, Runnable then) {
    at(now + millis, then);
  }

  void at(long millis, Runnable then) {
    planned.put(new Moment(Math.max(now, millis), count++), then);
  }

  /** Runs the next thing; false when there is none. */
  boolean next() {
    var first = planned.pollFirstEntry();
    if (first == null) {
      return false;
    }
    now = first.getKey().millis();
    first.getValue().run();
    return true;
  }

  /** When the next thing happens; the end of time when there is none. */
  long nextMillis() {
    return planned.isEmpty() ? Long.MAX_VALUE : planned.firstKey().millis();
  }
}

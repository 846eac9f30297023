// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.Optional;

/**
 * What this peer knows of time: the wall clock, pulled forward by clocks that it receives, though
 * by no more than {@link Limits#CLOCK_AHEAD_MILLIS}. So peers whose clocks differ a little give
 * rising moments to a conversation, and one whose clock is at the end of time carries nobody along.
 *
 * @param highest the greatest moment that was followed
 */
public record LocalClock(Clock highest) {
  /** Knows nothing but the wall clock. */
  public static final LocalClock START = new LocalClock(Clock.ZERO);

  /** Returns the clock after an event with the given moment was received. */
  public LocalClock observe(long wallMillis, Clock received) {
    long reach = Math.min(clamp(wallMillis) + Limits.CLOCK_AHEAD_MILLIS, Limits.CLOCK_MILLIS);
    Clock followed = received.millis() > reach ? new Clock(reach, 0) : received;
    return followed.compareTo(highest) > 0 ? new LocalClock(followed) : this;
  }

  /**
   * Returns the moment for an own event: the wall clock where it is ahead of everything, else the
   * next moment above all. Nothing at the end of time.
   *
   * @param wallMillis milliseconds since 1970; what is outside a clock's range counts as its edge
   * @param prev the moment of the chain's last event, {@link Clock#ZERO} before the first
   */
  public Optional<Clock> next(long wallMillis, Clock prev) {
    Clock base = highest.compareTo(prev) > 0 ? highest : prev;
    Clock wall = new Clock(clamp(wallMillis), 0);
    return wall.compareTo(base) > 0 ? Optional.of(wall) : base.successor();
  }

  private static long clamp(long millis) {
    return Math.clamp(millis, 0, Limits.CLOCK_MILLIS);
  }
}

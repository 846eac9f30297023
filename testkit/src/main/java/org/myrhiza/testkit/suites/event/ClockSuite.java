// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Limits;
import org.myrhiza.event.LocalClock;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.suite.Proves;

/** The clock of an event, and the local one that follows others. */
public final class ClockSuite {
  private static final long NOW = EventVectors.MILLIS;
  private static final Clock END = new Clock(Limits.CLOCK_MILLIS, Limits.CLOCK_COUNTER);

  /** Made once per test. */
  public ClockSuite() {}

  @Test
  @Proves("EVENT-1")
  void codec_eightBytes_keepOrder() {
    assertEquals("0000000000010002", Clock.CODEC.encode(new Clock(1, 2)).toHex());
    assertEquals("ffffffffffffffff", Clock.CODEC.encode(END).toHex());
    assertEquals(END, Clock.CODEC.decode(Bytes.hex("ff".repeat(8))).orThrow());
    HostileBytes.attack("clock", Clock.CODEC, Clock.CODEC.encode(new Clock(NOW, 3)));
  }

  @Test
  @Proves("EVENT-10")
  void successor_counterThenMillisThenNothing() {
    assertEquals(Optional.of(new Clock(5, 1)), new Clock(5, 0).successor());
    assertEquals(Optional.of(new Clock(6, 0)), new Clock(5, Limits.CLOCK_COUNTER).successor());
    assertEquals(Optional.empty(), END.successor());
  }

  @Test
  @Proves("EVENT-10")
  void next_wallAhead_isTheWall() {
    assertEquals(Optional.of(new Clock(NOW, 0)), LocalClock.START.next(NOW, new Clock(NOW - 1, 9)));
  }

  @Test
  @Proves("EVENT-10")
  void next_wallBehindOrEqual_countsOn() {
    assertEquals(Optional.of(new Clock(NOW, 1)), LocalClock.START.next(NOW, new Clock(NOW, 0)));
    assertEquals(
        Optional.of(new Clock(NOW, 8)), LocalClock.START.next(NOW - 50, new Clock(NOW, 7)));
    assertEquals(Optional.of(new Clock(NOW, 8)), LocalClock.START.next(-1, new Clock(NOW, 7)));
  }

  @Test
  void observe_aLittleAhead_isFollowed() {
    LocalClock clock = LocalClock.START.observe(NOW, new Clock(NOW + 10_000, 4));
    assertEquals(Optional.of(new Clock(NOW + 10_000, 5)), clock.next(NOW, Clock.ZERO));
  }

  @Test
  @Proves("EVENT-10")
  void observe_farAhead_isFollowedBySixtySeconds() {
    LocalClock clock = LocalClock.START.observe(NOW, END);
    assertEquals(new Clock(NOW + 60_000, 0), clock.highest());
    Clock edge = new Clock(NOW + 60_000, 7);
    assertEquals(edge, LocalClock.START.observe(NOW, edge).highest());
  }

  @Test
  void next_atTheEndOfTime_isNothing() {
    assertEquals(Optional.empty(), LocalClock.START.next(NOW, END));
    assertEquals(
        Optional.of(END),
        LocalClock.START.next(
            Long.MAX_VALUE, new Clock(Limits.CLOCK_MILLIS, Limits.CLOCK_COUNTER - 1)));
  }

  @Test
  void next_always_isAboveEverythingBefore() {
    long seed = 48;
    Seeded random = new Seeded(seed);
    LocalClock clock = LocalClock.START;
    Clock prev = Clock.ZERO;
    for (int i = 0; i < 1_000; i++) {
      long wall = NOW + random.between(-100_000, 100_000);
      clock = clock.observe(wall, new Clock(NOW + random.between(-1_000, 1_000_000), 0));
      Clock next = clock.next(wall, prev).orElseThrow();
      assertTrue(next.compareTo(prev) > 0 && next.compareTo(clock.highest()) > 0, "seed " + seed);
      prev = next;
    }
  }

  @Test
  void clock_outsideItsRange_cannotBeMade() {
    assertThrows(IllegalArgumentException.class, () -> new Clock(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Clock(Limits.CLOCK_MILLIS + 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Clock(0, -1));
    assertThrows(IllegalArgumentException.class, () -> new Clock(0, Limits.CLOCK_COUNTER + 1));
  }
}

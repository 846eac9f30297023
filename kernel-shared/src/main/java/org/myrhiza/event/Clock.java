// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.Optional;
import org.myrhiza.bytes.Codec;

/**
 * The moment that an author gives to an event: wall time, and a counter for what happens within one
 * millisecond or while the wall clock stands behind. Along one chain it rises; it says nothing
 * about the order of events of different authors.
 *
 * @param millis milliseconds since 1970, 0 to {@link Limits#CLOCK_MILLIS}
 * @param counter 0 to {@link Limits#CLOCK_COUNTER}
 */
public record Clock(long millis, int counter) implements Comparable<Clock> {
  /** The least clock; no event carries it, since each is above one before. */
  public static final Clock ZERO = new Clock(0, 0);

  /** Eight bytes, big-endian: 48 bits of milliseconds, 16 of counter. */
  public static final Codec<Clock> CODEC =
      Codec.of((writer, clock) -> writer.u64(clock.packed()), reader -> unpack(reader.u64()));

  private static final int COUNTER_BITS = 16;

  /** Checks both ranges. */
  public Clock {
    if (millis < 0 || millis > Limits.CLOCK_MILLIS) {
      throw new IllegalArgumentException(millis + " ms, allowed 0 to " + Limits.CLOCK_MILLIS);
    }
    if (counter < 0 || counter > Limits.CLOCK_COUNTER) {
      throw new IllegalArgumentException(
          "counter " + counter + ", allowed 0 to " + Limits.CLOCK_COUNTER);
    }
  }

  /** Returns both parts in 64 bits, to be read as unsigned. */
  public long packed() {
    return (millis << COUNTER_BITS) | counter;
  }

  /** Returns the clock of {@link #packed}. */
  public static Clock unpack(long packed) {
    return new Clock(packed >>> COUNTER_BITS, (int) packed & Limits.CLOCK_COUNTER);
  }

  /** Returns the least clock above this one, or nothing at the end of time. */
  public Optional<Clock> successor() {
    if (counter < Limits.CLOCK_COUNTER) {
      return Optional.of(new Clock(millis, counter + 1));
    }
    return millis < Limits.CLOCK_MILLIS ? Optional.of(new Clock(millis + 1, 0)) : Optional.empty();
  }

  @Override
  public int compareTo(Clock other) {
    int byMillis = Long.compare(millis, other.millis);
    return byMillis != 0 ? byMillis : Integer.compare(counter, other.counter);
  }
}

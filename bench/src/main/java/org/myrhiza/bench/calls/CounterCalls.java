// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.calls;

import java.util.function.LongSupplier;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.Clock;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.App;
import org.myrhiza.instance.Self;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.TopicState;

/**
 * Calls the counter's {@code apply} over and over, as replay does: a fresh image, the event lowered
 * into guest memory, one read and one write of the state, the verdict lifted, the write committed.
 * No log, no store, no signatures.
 */
public final class CounterCalls {
  private static final int ADD = 1;
  private static final Bytes ONE = Bytes.zeros(7).plus(Bytes.of(1));
  private static final Bytes ID = Bytes.zeros(31).plus(Bytes.of(9));
  private static final PublicKey KEY = new PublicKey(ID);

  private final Applier applier;
  private final TopicState state = TopicState.empty(new TopicId(ID));
  private final Delivery event;
  private final long budget;
  private long fuel;

  /**
   * What a run of calls came to.
   *
   * @param calls how many
   * @param nanos how long they took together
   * @param fuel what they used together, since the first call ever
   * @param digest of the state after the last call
   */
  public record Run(long calls, long nanos, long fuel, Bytes digest) {
    /** Calls per second. */
    public double perSecond() {
      return calls * 1e9 / Math.max(1, nanos);
    }
  }

  /** Takes a counter whose modules the engine holds. */
  public CounterCalls(App counter) {
    Self self = new Self(KEY, KEY, "bench", false);
    applier = counter.applier(new App.Facts(new TopicId(ID), KEY, "bench", self));
    budget = counter.limits().eventFuel();
    event = new Delivery(new EventId(ID), KEY, KEY, Clock.ZERO, ADD, ONE);
  }

  /**
   * The digest that so many calls must end with, from the app's rules and without any engine: the
   * value lies under {@code value}, 8 bytes, big-endian.
   */
  public static Bytes expected(int calls) {
    TopicState wanted = TopicState.empty(new TopicId(ID));
    Overlay overlay = wanted.overlay();
    Bytes low =
        Bytes.of(calls >>> 24 & 0xff, calls >>> 16 & 0xff, calls >>> 8 & 0xff, calls & 0xff);
    overlay.put(Utf8.encode("value"), Bytes.zeros(4).plus(low));
    wanted.commit(overlay);
    return wanted.root();
  }

  /**
   * Calls so many times.
   *
   * @param calls above 0
   * @param nanos a clock
   * @throws IllegalStateException if a call is not accepted
   */
  public Run run(int calls, LongSupplier nanos) {
    long begin = nanos.getAsLong();
    for (int i = 0; i < calls; i++) {
      Overlay overlay = state.overlay();
      Outcome outcome = applier.apply(overlay, event, budget);
      if (!(outcome instanceof Outcome.Accepted)) {
        throw new IllegalStateException("a call was not accepted: " + outcome);
      }
      fuel += outcome.fuel();
      state.commit(overlay);
    }
    return new Run(calls, nanos.getAsLong() - begin, fuel, state.root());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.state.Overlay;
import org.myrhiza.testkit.Seeded;

/**
 * An app that reads in every way there is: keys, absent ones too, bounded and open scans, whether
 * its event's key forked; and whose topic's quota it meets. Bodies are programs for it.
 */
public final class ReadingApp implements Applier {
  private static final int KEYS = 10;
  private static final int OPERATION_BYTES = 3;
  private static final int OPERATIONS = 14;
  private static final int LARGE_VALUE = 24;
  private static final long OPERATION_FUEL = 50_000;

  /** Makes one; it has no state of its own. */
  public ReadingApp() {}

  /** Returns a random program. */
  public static Bytes program(Seeded random) {
    return random.nextBytes((1 + random.nextInt(6)) * OPERATION_BYTES);
  }

  @Override
  public Outcome apply(Overlay state, Delivery event, long fuelBudget) {
    int seen = event.tag();
    long fuel = 0;
    Bytes body = event.body();
    for (int at = 0; at + OPERATION_BYTES <= body.size(); at += OPERATION_BYTES) {
      fuel += OPERATION_FUEL;
      if (fuel > fuelBudget) {
        return new Outcome.OutOfFuel(fuelBudget);
      }
      int one = body.at(at + 1) % KEYS;
      int two = body.at(at + 2) % KEYS;
      switch (body.at(at) % OPERATIONS) {
        case 0, 1 -> seen = Mixing.mix(seen, state.get(key(one)));
        case 2, 3 -> seen = Mixing.mixAll(seen, state.scan(key(one), key(two), 1 + two % 4));
        case 4 -> seen = Mixing.mixAll(seen, state.scan(key(one), null, 1 + two % 3));
        case 5, 6 -> state.put(key(one), Bytes.of(seen & 0xff, two));
        case 7, 8 -> state.put(key(one), Bytes.of(two));
        case 9 -> state.put(key(one), Bytes.zeros(two * LARGE_VALUE / KEYS));
        case 10 -> state.delete(key(one));
        case 11 -> seen = Mixing.mix(seen, Bytes.of(state.isForked() ? 1 : 0));
        default -> {
          if (seen % 3 == 0) {
            return new Outcome.Rejected("seen " + seen, fuel);
          }
          if (seen % 7 == 0) {
            return new Outcome.Trapped("unreachable", fuelBudget);
          }
        }
      }
    }
    return new Outcome.Accepted(fuel);
  }

  private static Bytes key(int index) {
    return Bytes.of(1 + index);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.state.Overlay;
import org.myrhiza.testkit.Seeded;

/**
 * An app in a few lines whose every outcome depends on the order: it reads, scans, writes, deletes,
 * rejects and runs out of fuel by what it has read so far. Bodies are programs for it.
 */
public final class ToyApp implements Applier {
  private static final int KEYS = 12;
  private static final int OPERATION_BYTES = 3;
  private static final long OPERATION_FUEL = 30_000;

  /** Returns a random program. */
  public static Bytes program(Seeded random) {
    int operations = 1 + random.nextInt(9);
    return random.nextBytes(operations * OPERATION_BYTES);
  }

  @Override
  public Outcome apply(Overlay state, Delivery event, long fuelBudget) {
    int seen = event.tag();
    long fuel = 0;
    for (int at = 0; at + OPERATION_BYTES <= event.body().size(); at += OPERATION_BYTES) {
      fuel += OPERATION_FUEL;
      if (fuel > fuelBudget) {
        return new Outcome.OutOfFuel(fuelBudget);
      }
      int one = event.body().at(at + 1) % KEYS;
      int two = event.body().at(at + 2) % KEYS;
      switch (event.body().at(at) % 8) {
        case 0, 1 -> seen = Mixing.mix(seen, state.get(key(one)));
        case 2 -> seen = Mixing.mixAll(seen, state.scan(key(one), key(two), 1 + two % 4));
        case 3, 4 -> state.put(key(one), Bytes.of(seen & 0xff, two));
        case 5 -> state.put(key(one), event.id().bytes());
        case 6 -> state.delete(key(one));
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
    return index == 0 ? Bytes.of(1) : Bytes.of(index, index);
  }
}

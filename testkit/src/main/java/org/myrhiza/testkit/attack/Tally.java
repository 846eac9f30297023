// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.attack;

import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.state.Overlay;

/** Apps that count, so that it shows in the state which events were applied. */
enum Tally implements Applier {
  /** One count for each person: an event reads what its own author wrote last. */
  EACH,
  /** One count for all: an event reads what the one before it wrote. */
  ALL;

  private static final Bytes SHARED = Bytes.of(1);
  private static final int BYTE_BITS = 8;
  private static final int COUNT_BYTES = 4;

  @Override
  public Outcome apply(Overlay state, Delivery event, long fuelBudget) {
    Bytes key = this == EACH ? event.principal().bytes() : SHARED;
    int count = 1 + count(state.get(key));
    byte[] bytes = new byte[COUNT_BYTES];
    for (int i = 0; i < COUNT_BYTES; i++) {
      bytes[COUNT_BYTES - 1 - i] = (byte) (count >> (i * BYTE_BITS));
    }
    state.put(key, Bytes.copyOf(bytes));
    return new Outcome.Accepted(1);
  }

  static int count(@Nullable Bytes value) {
    int count = 0;
    for (int i = 0; value != null && i < value.size(); i++) {
      count = count << BYTE_BITS | value.at(i);
    }
    return count;
  }
}

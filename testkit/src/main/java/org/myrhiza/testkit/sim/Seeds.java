// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import static org.myrhiza.log.Limits.PENDING_EVENTS;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Limits;
import org.myrhiza.instance.Tuning;
import org.myrhiza.testkit.Seeded;

/** What makes a simulated peer another than the next: the secrets of its keys, and its tuning. */
record Seeds(Bytes longTerm, Bytes instance, Bytes transport) {
  private static final List<Tuning> TUNINGS =
      List.of(Tuning.DEFAULT, Tuning.DEFAULT.keeping(2_000, 0, 2), Tuning.DEFAULT.checking(true));

  static Seeds of(Seeded random) {
    return new Seeds(
        random.nextBytes(Limits.HASH_BYTES),
        random.nextBytes(Limits.HASH_BYTES),
        random.nextBytes(Limits.HASH_BYTES));
  }

  /** Bounds of what may wait: too few for a page that comes before another, and enough. */
  private static final List<Integer> PENDING = List.of(PENDING_EVENTS, 2, 4, 8, 16, 32);

  /** The same, and how much of a link may wait differs by chance. */
  static Tuning tuning(int index, Seeded random) {
    return tuning(index).pending(random.pick(PENDING));
  }

  /** One of three peers keeps so little that it reads its store all the time, one checks replay. */
  static Tuning tuning(int index) {
    return TUNINGS.get(index % TUNINGS.size());
  }
}

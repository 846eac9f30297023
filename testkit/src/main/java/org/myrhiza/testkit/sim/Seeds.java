// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Limits;
import org.myrhiza.instance.Tuning;
import org.myrhiza.testkit.Seeded;

/** What makes a simulated peer another than the next: the secrets of its keys, and its tuning. */
record Seeds(Bytes longTerm, Bytes instance, Bytes transport) {
  private static final List<Tuning> TUNINGS =
      List.of(Tuning.DEFAULT, new Tuning(2_000, 0, 2, false), Tuning.DEFAULT.checking(true));

  static Seeds of(Seeded random) {
    return new Seeds(
        random.nextBytes(Limits.HASH_BYTES),
        random.nextBytes(Limits.HASH_BYTES),
        random.nextBytes(Limits.HASH_BYTES));
  }

  /** One of three peers keeps so little that it reads its store all the time, one checks replay. */
  static Tuning tuning(int index) {
    return TUNINGS.get(index % TUNINGS.size());
  }
}

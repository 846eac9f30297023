// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.Exchange;

/** What of some seeds can be compared, and what cannot: each excluded exchange by itself. */
final class Plan {
  private final List<Batch> batches = new ArrayList<>();
  private final List<Batch> clashing = new ArrayList<>();
  private final List<Batch> latin1 = new ArrayList<>();

  /** The batches of some seeds; those of which nothing is left do not count. */
  Plan(LongFunction<Batch> maker, long from, int count) {
    for (long seed = from; batches.size() < count; seed++) {
      Batch batch = maker.apply(seed);
      List<Exchange> comparable = new ArrayList<>();
      for (Exchange exchange : batch.exchanges()) {
        Deviation reason = Deviation.excluding(batch.encoding(), exchange);
        if (reason == null) {
          comparable.add(exchange);
        } else {
          Batch alone = new Batch(batch.seed(), batch.encoding(), List.of(exchange));
          (reason == Deviation.NO_LATIN1 ? latin1 : clashing).add(alone);
        }
      }
      if (!comparable.isEmpty()) {
        batches.add(new Batch(seed, batch.encoding(), comparable));
      }
    }
  }

  /** What can be compared. */
  List<Batch> batches() {
    return batches;
  }

  /** Of maps that share a name. */
  List<Batch> clashing() {
    return clashing;
  }

  /** With strings in {@code latin1+utf16}. */
  List<Batch> latin1() {
    return latin1;
  }
}

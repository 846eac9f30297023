// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.BatchRun;
import org.myrhiza.testkit.crossing.CrossingCoverage;
import org.myrhiza.testkit.crossing.Exchange;
import org.myrhiza.testkit.crossing.ExchangeText;
import org.myrhiza.testkit.crossing.Observation;
import org.myrhiza.testkit.stack.TestStack;

/**
 * Random values of random types come out of a guest as they went in, as parameters and as results,
 * through every kind of flattening and every encoding of strings.
 */
public final class CrossingSuite {
  private static final int SEEDS = 42;

  /** Made once per test. */
  public CrossingSuite() {}

  @Test
  void values_throughAGuest_areWhatTheyWere() {
    CrossingCoverage coverage = new CrossingCoverage();
    for (long seed = 0; seed < SEEDS; seed++) {
      Batch batch = Batch.of(seed);
      BatchRun run = new BatchRun(batch, TestStack.current().engine());
      for (int i = 0; i < batch.exchanges().size(); i++) {
        Exchange exchange = batch.exchanges().get(i);
        Observation seen = run.run(i);
        String wrong = wrong(exchange, seen);
        assertTrue(wrong.isEmpty(), () -> wrong + "\n" + ExchangeText.of(batch, exchange));
        coverage.see(batch.encoding(), exchange, seen);
      }
    }
    assertEquals(Map.of(), coverage.missing(), coverage::toString);
  }

  private static String wrong(Exchange exchange, Observation seen) {
    if (!seen.end().isEmpty()) {
      return seen.end();
    }
    if (!exchange.arguments().equals(seen.arguments())) {
      return "the host was given " + seen.arguments();
    }
    if (!Objects.equals(exchange.result(), seen.result())) {
      return "the guest returned " + seen.result();
    }
    if (seen.postReturns() != (exchange.postReturn() ? 1 : 0)) {
      return seen.postReturns() + " post-returns";
    }
    return "";
  }
}

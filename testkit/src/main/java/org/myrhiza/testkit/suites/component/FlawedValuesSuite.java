// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.BatchRun;
import org.myrhiza.testkit.crossing.Exchange;
import org.myrhiza.testkit.crossing.ExchangeText;
import org.myrhiza.testkit.crossing.Flaw;
import org.myrhiza.testkit.crossing.Flawed;
import org.myrhiza.testkit.crossing.Observation;
import org.myrhiza.testkit.stack.TestStack;

/**
 * What a guest gives that is not as it should be: a trap, or the value that the rules make of it.
 */
public final class FlawedValuesSuite {
  private static final int SEEDS = 24;

  /** Made once per test. */
  public FlawedValuesSuite() {}

  @Test
  void flawedValues_trapOrAreWhatTheRulesMakeOfThem() {
    EnumSet<Flaw> parameters = EnumSet.noneOf(Flaw.class);
    EnumSet<Flaw> results = EnumSet.noneOf(Flaw.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      Batch batch = Batch.flawed(seed);
      BatchRun run = new BatchRun(batch, TestStack.current().engine());
      for (int i = 0; i < batch.exchanges().size(); i++) {
        Exchange exchange = batch.exchanges().get(i);
        Flawed flawed = Objects.requireNonNull(exchange.flawed());
        String wrong = wrong(exchange, flawed.flaw(), run.run(i));
        assertTrue(
            wrong.isEmpty(),
            () -> flawed.flaw() + ": " + wrong + "\n" + ExchangeText.of(batch, exchange));
        (exchange.result() == null ? parameters : results).add(flawed.flaw());
      }
    }
    EnumSet<Flaw> all = EnumSet.allOf(Flaw.class);
    assertEquals(all, parameters);
    all.remove(Flaw.WIDE_SLOT);
    assertEquals(all, results);
  }

  private static String wrong(Exchange exchange, Flaw flaw, Observation seen) {
    boolean parameter = exchange.result() == null;
    if (flaw.traps()) {
      boolean trapped = seen.end().contains("ABI") && seen.arguments() == null;
      return trapped ? "" : "no trap, but " + seen.end() + seen.arguments() + seen.result();
    }
    if (!seen.end().isEmpty()) {
      return seen.end();
    }
    boolean same =
        parameter
            ? exchange.arguments().equals(seen.arguments())
            : Objects.equals(exchange.result(), seen.result());
    return same ? "" : "seen " + (parameter ? seen.arguments() : seen.result());
  }
}

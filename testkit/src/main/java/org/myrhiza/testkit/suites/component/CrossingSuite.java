// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

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

  /** What the host gives comes in the form; the guest's log tells what was asked for it. */
  private static void assertAllocations(
      Value.Text text, StringEncoding encoding, List<List<Integer>> wanted) {
    FunctionType type =
        new FunctionType(List.of(new ValueType.Field("p0", Primitive.STRING)), null);
    Exchange exchange = new Exchange(type, List.of(text), null, false);
    Batch batch = new Batch(0, encoding, List.of(exchange));
    Observation seen = new BatchRun(batch, TestStack.current().engine()).run(0);
    String what = text + " in " + encoding.text();
    assertEquals("", seen.end(), what);
    assertEquals(List.of(text), seen.arguments(), what);
    List<List<Integer>> log = new ArrayList<>();
    for (List<Integer> call : seen.log()) {
      log.add(call.subList(1, call.size()));
    }
    assertEquals(wanted, log, what);
  }

  @Test
  void textsForGuestsThatHoldLatin1_areAllocatedAsTheirSourceHeldThem() {
    StringEncoding compact = StringEncoding.LATIN1_UTF16;
    Value.Text.Form utf16 = Value.Text.Form.UTF16;
    Value.Text.Form tagged = Value.Text.Form.TAGGED_UTF16;
    List<Integer> one = List.of(0, 2, 5);
    assertAllocations(new Value.Text("na\u00efve", utf16), compact, List.of(one));
    assertAllocations(
        new Value.Text("naiv\u0101", utf16), compact, List.of(one, List.of(5, 2, 10)));
    assertAllocations(
        new Value.Text("na\u00efve", tagged),
        compact,
        List.of(List.of(0, 2, 10), List.of(10, 1, 5)));
    assertAllocations(new Value.Text("naiv\u0101", tagged), compact, List.of(List.of(0, 2, 10)));
    assertAllocations(
        new Value.Text("na\u00efve", Value.Text.Form.UTF8),
        compact,
        List.of(List.of(0, 2, 6), List.of(6, 2, 5)));
    assertAllocations(new Value.Text("na\u00efve", Value.Text.Form.LATIN1), compact, List.of(one));
  }
}

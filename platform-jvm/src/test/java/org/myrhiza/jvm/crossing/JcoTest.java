// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.jvm.ChicoryTestEngine;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.Exchange;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.component.StringEncoding;

/**
 * The same components with the same values here and under jco: what the host was given, what the
 * call returned, and the guest's memory with its allocator's log, byte by byte.
 */
@Tag("slow")
final class JcoTest {
  private static final int BATCHES = 26;
  private static final long NIGHTLY_FROM = 1_000_000;
  private static final int NIGHTLY_BATCHES = 500;

  /** Exchanges of which jco makes nothing: more would tell no more. */
  private static final int SHOWN_TO_FAIL = 8;

  /** How many of a plan's batches are enough to find a planted mistake. */
  private static final int ENOUGH = 8;

  private final TestEngine engine = new ChicoryTestEngine(ChicoryEngine.interpreted());

  @TempDir private Path folder;

  /** What of some seeds can be compared, and what cannot. */
  private static final class Plan {
    final List<Batch> batches = new ArrayList<>();
    final List<Batch> clashing = new ArrayList<>();
    final List<Batch> latin1 = new ArrayList<>();

    Plan(long from, int count) {
      for (long seed = from; batches.size() < count; seed++) {
        Batch batch = Batch.forComparison(seed);
        List<Exchange> comparable = new ArrayList<>();
        for (Exchange exchange : batch.exchanges()) {
          Deviation reason = Deviation.excluding(batch.encoding(), exchange);
          switch (reason) {
            case null -> comparable.add(exchange);
            case MAPS_SHARE_A_NAME -> clashing.add(alone(batch, exchange));
            case NO_LATIN1 -> latin1.add(alone(batch, exchange));
            case MARKS_VANISH, EMPTY_TEXTS_ALLOCATE_NOTHING ->
                throw new AssertionError(reason + " excludes nothing");
          }
        }
        if (!comparable.isEmpty()) {
          batches.add(new Batch(seed, batch.encoding(), comparable));
        }
      }
    }

    private static Batch alone(Batch batch, Exchange exchange) {
      return new Batch(batch.seed(), batch.encoding(), List.of(exchange));
    }
  }

  private Comparison compare(Plan plan, Subject subject) throws IOException {
    List<JsonValue> answers = Jco.run(plan.batches, folder);
    Comparison comparison = new Comparison();
    for (int i = 0; i < answers.size(); i++) {
      comparison.compare(plan.batches.get(i), answers.get(i), subject);
    }
    return comparison;
  }

  private static void assertSame(Comparison comparison) {
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.deviations())
        .containsOnlyKeys(Deviation.MARKS_VANISH, Deviation.EMPTY_TEXTS_ALLOCATE_NOTHING);
  }

  @Test
  void someHundredExchanges_areTheSameUnderJco() throws IOException {
    Comparison comparison = compare(new Plan(0, BATCHES), Subject.on(engine));
    assertSame(comparison);
    assertThat(comparison.compared()).isGreaterThan(BATCHES * Batch.SIZE / 2);
  }

  @Test
  @Tag("nightly")
  void manyExchanges_areTheSameUnderJco() throws IOException {
    assertSame(compare(new Plan(NIGHTLY_FROM, NIGHTLY_BATCHES), Subject.on(engine)));
  }

  /** The exchanges that are left out above are left out for a reason that still stands. */
  @Test
  void whatIsNotCompared_failsUnderJco() throws IOException {
    Plan plan = new Plan(0, BATCHES);
    List<Batch> excluded = new ArrayList<>(plan.clashing.subList(0, SHOWN_TO_FAIL));
    excluded.add(plan.latin1.getFirst());
    List<JsonValue> answers = Jco.run(excluded, folder);
    assertThat(answers.subList(0, SHOWN_TO_FAIL).stream().map(JcoTest::complaint))
        .anyMatch(complaint -> complaint.contains("'i'"));
    assertThat(excluded.getLast().encoding()).isEqualTo(StringEncoding.LATIN1_UTF16);
    assertThat(complaint(answers.getLast())).contains("unreachable");
  }

  private static String complaint(JsonValue answer) {
    List<JsonValue> exchanges = answer.at("exchanges").items();
    return exchanges.isEmpty()
        ? answer.at("refused").text()
        : exchanges.getFirst().at("end").text();
  }

  @Test
  void plantedMistakes_areFound() throws IOException {
    Plan plan = new Plan(0, ENOUGH);
    List<JsonValue> answers = Jco.run(plan.batches, folder);
    PlantedMistakes.all(engine)
        .forEach((name, subject) -> {
          Comparison comparison = new Comparison();
          for (int i = 0; i < answers.size(); i++) {
            comparison.compare(plan.batches.get(i), answers.get(i), subject);
          }
          assertThat(comparison.differences()).as(name).isNotEmpty();
        });
  }
}

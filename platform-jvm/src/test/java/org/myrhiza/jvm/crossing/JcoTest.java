// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.jvm.ChicoryTestEngine;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.Flaw;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.component.StringEncoding;

/**
 * The same components with the same values here and under jco: what the host was given, what the
 * call returned, and the guest's memory with its allocator's log, byte by byte; of values with a
 * flaw, whether they were lifted and to what. {@code -Dmyrhiza.crossing.report} prints how often
 * jco did what.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JcoTest {
  private static final int BATCHES = 30;
  private static final int FLAWED_BATCHES = 36;
  private static final long NIGHTLY_FROM = 1_000_000;
  private static final int NIGHTLY_BATCHES = 500;

  /** Exchanges of which jco makes nothing: more would tell no more. */
  private static final int SHOWN_TO_FAIL = 8;

  /** How many batches are enough to find a planted mistake. */
  private static final int ENOUGH = 8;

  private final TestEngine engine = new ChicoryTestEngine(ChicoryEngine.interpreted());
  private final Plan plan = new Plan(Batch::forComparison, 0, BATCHES);
  private final Plan flawed = new Plan(Batch::flawed, 0, FLAWED_BATCHES);
  private final List<Batch> excluded = new ArrayList<>();

  private List<JsonValue> answers = List.of();
  private List<JsonValue> flawedAnswers = List.of();
  private List<JsonValue> excludedAnswers = List.of();

  @TempDir private static Path folder;

  /** One process for all; what stops the generator comes last. */
  @BeforeAll
  void runJco() throws IOException {
    excluded.addAll(plan.clashing().subList(0, SHOWN_TO_FAIL));
    excluded.add(plan.latin1().getFirst());
    List<Batch> all = new ArrayList<>(plan.batches());
    all.addAll(flawed.batches());
    all.addAll(excluded);
    List<JsonValue> given = Jco.run(all, folder);
    answers = given.subList(0, BATCHES);
    flawedAnswers = given.subList(BATCHES, BATCHES + FLAWED_BATCHES);
    excludedAnswers = given.subList(BATCHES + FLAWED_BATCHES, given.size());
  }

  private static Comparison compare(List<Batch> batches, List<JsonValue> seen, Subject subject) {
    Comparison comparison = new Comparison();
    for (int i = 0; i < batches.size(); i++) {
      comparison.compare(batches.get(i), seen.get(i), subject);
    }
    if (System.getProperty("myrhiza.crossing.report") != null) {
      System.out.println(comparison);
    }
    return comparison;
  }

  private static void assertSame(Comparison comparison) {
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.deviations())
        .containsOnlyKeys(Deviation.MARKS_VANISH, Deviation.EMPTY_TEXTS_ALLOCATE_NOTHING);
  }

  /** No other flaw is allowed to differ; these have to, or the verdicts are out of date. */
  private static void assertFlawsStand(Comparison comparison) {
    assertThat(comparison.differences()).isEmpty();
    Set<Flaw> differing = EnumSet.allOf(Flaw.class);
    differing.removeIf(flaw -> FlawVerdict.of(flaw) == FlawVerdict.AS_SPECIFIED);
    Set<Flaw> unread = EnumSet.copyOf(differing);
    unread.removeIf(flaw -> FlawVerdict.of(flaw) != FlawVerdict.UNREAD);
    assertThat(comparison.flaws()).containsAnyElementsOf(unread);
    unread.removeAll(comparison.flaws());
    differing.removeAll(unread);
    assertThat(comparison.flaws()).isEqualTo(differing);
  }

  @Test
  void someHundredExchanges_areTheSameUnderJco() {
    Comparison comparison = compare(plan.batches(), answers, Subject.on(engine));
    assertSame(comparison);
    assertThat(comparison.compared()).isGreaterThan(BATCHES * Batch.SIZE / 2);
  }

  @Test
  void flawedValues_areLiftedOrNotAsUnderJco() {
    Comparison comparison = compare(flawed.batches(), flawedAnswers, Subject.on(engine));
    assertFlawsStand(comparison);
    assertThat(comparison.compared()).isGreaterThan(FLAWED_BATCHES * Batch.SIZE / 2);
  }

  @Test
  @Tag("nightly")
  void manyExchanges_areTheSameUnderJco() throws IOException {
    Plan many = new Plan(Batch::forComparison, NIGHTLY_FROM, NIGHTLY_BATCHES);
    assertSame(compare(many.batches(), Jco.run(many.batches(), folder), Subject.on(engine)));
    Plan flaws = new Plan(Batch::flawed, NIGHTLY_FROM, NIGHTLY_BATCHES);
    assertFlawsStand(
        compare(flaws.batches(), Jco.run(flaws.batches(), folder), Subject.on(engine)));
  }

  /** The exchanges that are left out above are left out for a reason that still stands. */
  @Test
  void whatIsNotCompared_failsUnderJco() {
    assertThat(excludedAnswers.subList(0, SHOWN_TO_FAIL).stream().map(JcoTest::complaint))
        .anyMatch(complaint -> complaint.contains("'i' has already been declared"))
        .anyMatch(complaint -> complaint.contains("'i' before initialization"));
    assertThat(excluded.getLast().encoding()).isEqualTo(StringEncoding.LATIN1_UTF16);
    assertThat(complaint(excludedAnswers.getLast())).contains("unreachable");
  }

  private static String complaint(JsonValue answer) {
    List<JsonValue> exchanges = answer.at("exchanges").items();
    return exchanges.isEmpty()
        ? answer.at("refused").text()
        : exchanges.getFirst().at("end").text();
  }

  @Test
  void plantedMistakes_areFound() {
    List<Batch> enough = plan.batches().subList(0, ENOUGH);
    PlantedMistakes.all(engine)
        .forEach((name, mistaken) ->
            assertThat(compare(enough, answers, mistaken).differences()).as(name).isNotEmpty());
  }
}

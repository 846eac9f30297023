// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.testkit.process.Launch;

/** The demonstration as its own process: what it answers, how it stops, what it leaves. */
@Timeout(240)
final class DemoIT {
  private static final int LEAST_ACCEPTED = 50;
  private static final long END_SECONDS = 30;
  private static final String DIGEST = "[0-9a-f]{64}";

  @TempDir private Path temporary;

  private Launch demo(String... more) {
    List<String> words = new ArrayList<>(List.of("demo"));
    words.addAll(List.of(more));
    return Launch.of(words.toArray(String[]::new)).withTemporary(temporary);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void twoAtOnce_takePortsOfTheirOwn_andBothConverge() throws Exception {
    try (Child one = demo("--headless", "--json").start();
        Child two = demo("--headless", "--json").start()) {
      Child.Ended first = one.ended();
      Child.Ended second = two.ended();
      judge(first);
      judge(second);
      assertThat(first.err() + second.err()).contains("port 7420 is taken, using ");
    }
    assertThat(left()).isEmpty();
  }

  private static void judge(Child.Ended ended) {
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(ended.out().lines()).hasSize(1);
    JsonValue answer = Json.parse(ended.out());
    assertThat(answer.object().members().keySet()).containsExactly("converged", "peers");
    assertThat(answer.at("converged").bool()).isTrue();
    Map<String, List<JsonValue>> apps = new LinkedHashMap<>();
    Map<String, Long> rollbacks = new LinkedHashMap<>();
    for (JsonValue row : answer.at("peers").items()) {
      apps.computeIfAbsent(row.at("app").text(), any -> new ArrayList<>()).add(row);
      rollbacks.merge(row.at("peer").text(), row.at("rollbacks").number(), Long::sum);
      judgeRow(row);
    }
    assertThat(apps.keySet()).containsExactly("counter", "poll", "counter-2");
    assertThat(rollbacks.keySet()).containsExactly("ada", "ben", "page");
    assertThat(rollbacks.values()).as("%s", rollbacks).allMatch(count -> count >= 1);
    for (List<JsonValue> rows : apps.values()) {
      assertThat(rows)
          .extracting(row -> row.at("peer").text())
          .containsExactly("ada", "ben", "page");
      assertThat(rows).extracting(row -> row.at("digest").text()).containsOnly(digest(rows));
      assertThat(rows).extracting(row -> row.at("events").number()).containsOnly(events(rows));
    }
    assertThat(apps.values().stream().map(DemoIT::digest).distinct()).hasSize(apps.size());
  }

  private static String digest(List<JsonValue> rows) {
    return rows.getFirst().at("digest").text();
  }

  /** The founding, a join of each other peer, and what each authored. */
  private static long events(List<JsonValue> rows) {
    return rows.size() + rows.stream().mapToLong(row -> row.at("authored").number()).sum();
  }

  private static void judgeRow(JsonValue row) {
    assertThat(row.object().members().keySet())
        .containsExactly(
            "app",
            "peer",
            "stack",
            "engine",
            "authored",
            "accepted",
            "rejected",
            "events",
            "rollbacks",
            "digest",
            "millis");
    boolean page = "page".equals(row.at("peer").text());
    assertThat(row.at("stack").text()).isEqualTo(page ? "browser" : "jvm");
    assertThat(row.at("engine").text())
        .isIn(page ? List.of("browser") : List.of("chicory-compiled", "chicory-interpreted"));
    assertThat(row.at("authored").number()).isGreaterThanOrEqualTo(LEAST_ACCEPTED);
    assertThat(row.at("accepted").number()).isGreaterThanOrEqualTo(LEAST_ACCEPTED);
    assertThat(row.at("rejected").number()).isZero();
    assertThat(row.at("digest").text()).matches(DIGEST);
    assertThat(row.at("millis").number()).isNotNegative();
  }

  @Test
  void stoppedByASignal_endsWithZero_andLeavesNothing() throws Exception {
    try (Child demo = demo().start()) {
      assertThat(demo.told("page: ")).contains("http://127.0.0.1:");
      String founder = demo.told("myrhiza app list --data ").replaceAll(".* --data ", "");
      String listed = ByHand.done(Launch.of("app", "list", "--json", "--data", founder));
      assertThat(Json.parse(listed).at("instances").items())
          .extracting(each -> each.at("name").text())
          .containsExactlyInAnyOrder("counter", "poll", "counter-2");
      List<ProcessHandle> started = demo.descendants();
      assertThat(demo.stop()).isZero();
      assertThat(started).noneMatch(ProcessHandle::isAlive);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void atATerminal_theTableStaysUpToDate_untilCtrlC() throws Exception {
    try (Child demo = demo().with("TERM", "xterm").atTerminal().start()) {
      String shown = demo.shown("All rounds are done");
      assertThat(shown).contains("rollbacks", "counter-2", "round 3 of 3");
      assertThat(shown).as("goes back and draws anew").containsPattern("\u001b\\[7A\u001b\\[J");
      demo.type("\u0003");
      assertThat(demo.end()).isZero();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void stoppedHeadless_endsItsBrowserToo() throws Exception {
    try (Child demo = demo("--headless", "--json").start()) {
      demo.told("round 1 of 3");
      List<ProcessHandle> browser = browser(demo);
      assertThat(demo.interrupt()).isZero();
      awaitEnd(browser);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void killed_takesItsBrowserAlong() throws Exception {
    try (Child demo = demo("--headless", "--json").start()) {
      demo.told("round 1 of 3");
      List<ProcessHandle> browser = browser(demo);
      demo.kill();
      awaitEnd(browser);
    }
  }

  private static List<ProcessHandle> browser(Child demo) {
    List<ProcessHandle> started = demo.descendants();
    assertThat(started)
        .anyMatch(each -> each.info().command().orElse("").contains("chrom"))
        .anyMatch(each -> each.info().command().orElse("").contains("driver"));
    return started;
  }

  private static void awaitEnd(List<ProcessHandle> processes) {
    for (ProcessHandle each : processes) {
      each.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}

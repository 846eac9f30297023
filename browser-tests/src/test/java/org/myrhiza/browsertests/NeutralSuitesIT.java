// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.NeutralTest;
import org.myrhiza.testkit.suite.SuiteRunner;
import org.myrhiza.testkit.suites.AllSuites;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * Every neutral test, run by Chromium in a module worker, one dynamic test each. A worker has one
 * thread, so that two browsers take every second test each. How long each test took is left in
 * {@code browser-tests/target/suite-times.txt}.
 */
final class NeutralSuitesIT {
  /**
   * Generous: the longest a single neutral test may stay silent before the run counts as broken.
   */
  private static final Duration SILENCE = Duration.ofMinutes(6);

  private static final int BROWSERS = 2;
  private static final String SUITE = System.getProperty("myrhiza.suite", "");

  @TestFactory
  Stream<DynamicContainer> chromium_runsEveryNeutralTest() throws Exception {
    Map<String, JsonValue> results = runInChromium();
    leaveTimes(results);
    assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(expectedNames()).isNotEmpty();
    Map<String, List<DynamicTest>> suites = new LinkedHashMap<>();
    for (String name : expectedNames()) {
      JsonValue result = Objects.requireNonNull(results.get(name), name);
      suites
          .computeIfAbsent(result.at("suite").text(), key -> new ArrayList<>())
          .add(DynamicTest.dynamicTest(result.at("name").text(), () -> report(result)));
    }
    return suites.entrySet().stream()
        .map(suite -> DynamicContainer.dynamicContainer(suite.getKey(), suite.getValue()));
  }

  private static Map<String, JsonValue> runInChromium() throws Exception {
    List<Callable<List<JsonValue>>> parts = new ArrayList<>();
    for (int part = 0; part < BROWSERS; part++) {
      String share = SuiteRunner.share(SUITE, part, BROWSERS);
      if (!SuiteRunner.select(AllSuites.tests(), share).isEmpty()) {
        parts.add(() -> runInChromium(share));
      }
    }
    Map<String, JsonValue> results = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<JsonValue>> part : threads.invokeAll(parts)) {
        for (JsonValue result : part.get()) {
          JsonValue twice = results.put(name(result), result);
          assertThat(twice).as("%s ran twice", name(result)).isNull();
        }
      }
    }
    return results;
  }

  private static List<JsonValue> runInChromium(String share)
      throws IOException, InterruptedException {
    ChromeDriver browser = HeadlessChromium.open(HeadlessChromium.freshProfile());
    try (var server = new SuiteServer(SuiteServer.folders())) {
      browser.get(server.page(share).toString());
      return collect(server, browser);
    } finally {
      browser.quit();
    }
  }

  private static List<JsonValue> collect(SuiteServer server, ChromeDriver browser)
      throws InterruptedException {
    List<JsonValue> results = new ArrayList<>();
    while (true) {
      SuiteServer.Post post = server.posts().poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
      if (post == null || post.path().equals("/broken")) {
        throw new AssertionError(
            "after "
                + results.size()
                + " results: "
                + (post == null ? "no answer from the worker" : post.text())
                + "; console: "
                + browser.manage().logs().get(LogType.BROWSER).getAll());
      }
      if (post.path().equals("/done")) {
        return results;
      }
      results.add(Json.parse(post.text()));
    }
  }

  private static void report(JsonValue result) {
    String detail = result.at("detail").text();
    switch (result.at("outcome").text()) {
      case "passed" -> {}
      case "skipped" -> Assumptions.abort(detail);
      default -> Assertions.fail(detail);
    }
  }

  private static void leaveTimes(Map<String, JsonValue> results) throws IOException {
    Path file = Repository.root().resolve("browser-tests/target/suite-times.txt");
    List<String> lines = new ArrayList<>();
    results.forEach((name, result) -> lines.add(result.at("millis").number() + " " + name));
    Files.write(file, lines);
  }

  private static String name(JsonValue result) {
    return result.at("suite").text() + "." + result.at("name").text();
  }

  private static List<String> expectedNames() {
    List<NeutralTest> tests = SuiteRunner.select(AllSuites.tests(), SUITE);
    return tests.stream().map(test -> test.suite() + "." + test.name()).toList();
  }
}

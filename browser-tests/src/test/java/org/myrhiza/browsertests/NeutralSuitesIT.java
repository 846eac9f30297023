// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.NeutralTest;
import org.myrhiza.testkit.suite.SuiteRunner;
import org.myrhiza.testkit.suites.AllSuites;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** Every neutral test, run by Chromium in a module worker, one dynamic test each. */
final class NeutralSuitesIT {
  /**
   * Generous: the longest a single neutral test may stay silent before the run counts as broken.
   */
  private static final Duration SILENCE = Duration.ofMinutes(3);

  private static final String SUITE = System.getProperty("myrhiza.suite", "");

  @TestFactory
  Stream<DynamicContainer> chromium_runsEveryNeutralTest() throws Exception {
    List<JsonValue> results = runInChromium();
    assertThat(names(results)).isEqualTo(expectedNames()).isNotEmpty();
    Map<String, List<DynamicTest>> suites = new LinkedHashMap<>();
    for (JsonValue result : results) {
      suites
          .computeIfAbsent(result.at("suite").text(), key -> new ArrayList<>())
          .add(DynamicTest.dynamicTest(result.at("name").text(), () -> report(result)));
    }
    return suites.entrySet().stream()
        .map(suite -> DynamicContainer.dynamicContainer(suite.getKey(), suite.getValue()));
  }

  private static List<JsonValue> runInChromium() throws IOException, InterruptedException {
    ChromeDriver browser = HeadlessChromium.open(HeadlessChromium.freshProfile());
    try (var server = new SuiteServer(SuiteServer.folders())) {
      browser.get(server.page(SUITE).toString());
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

  private static List<String> names(List<JsonValue> results) {
    return results.stream().map(r -> r.at("suite").text() + "." + r.at("name").text()).toList();
  }

  private static List<String> expectedNames() {
    List<NeutralTest> tests = SuiteRunner.select(AllSuites.tests(), SUITE);
    return tests.stream().map(test -> test.suite() + "." + test.name()).toList();
  }
}

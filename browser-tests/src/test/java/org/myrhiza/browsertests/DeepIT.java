// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.testkit.deep.DeepRun;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * Neutral properties over thousands of seeds in Chromium and here, a part at a time, so that a
 * worker that hangs is noticed; what they saw has to be the same. Prints how long each took.
 */
final class DeepIT {
  private static final long PATIENCE_SECONDS = 1_200;

  @ParameterizedTest
  @CsvSource({"delivery,0,20,20", "crash,1,97,97"})
  void properties_areTheSameInChromium(String property, int first, int count, int part)
      throws Exception {
    run(property, first, count, part);
  }

  @Tag("nightly")
  @ParameterizedTest
  @CsvSource({
    "delivery,1000,5000,500",
    "kept,1000,5000,500",
    "standing,1000,5000,500",
    "skip,1000,2000,500",
    "crash,1,1,1",
    "order,1000,100000,100000",
  })
  void thousandsOfSeeds_areTheSameInChromium(String property, int first, int count, int part)
      throws Exception {
    run(property, first, count, part);
  }

  private static void run(String property, int first, int count, int part) throws Exception {
    long here = 0;
    long there = 0;
    for (int from = first; from < first + count; from += part) {
      long began = System.nanoTime();
      String expected = DeepRun.of(property, from, part);
      long between = System.nanoTime();
      assertThat(inChromium("deep-" + property + "-" + from + "-" + part))
          .as("%s from %d", property, from)
          .isEqualTo(expected);
      here += between - began;
      there += System.nanoTime() - between;
    }
    System.out.printf(
        "%s from %d, %d: %d s here, %d s in Chromium%n",
        property,
        first,
        count,
        TimeUnit.NANOSECONDS.toSeconds(here),
        TimeUnit.NANOSECONDS.toSeconds(there));
  }

  private static String inChromium(String request) throws Exception {
    ChromeDriver browser = HeadlessChromium.open(HeadlessChromium.freshProfile());
    try (var server = new SuiteServer(SuiteServer.folders())) {
      browser.get(server.page(request).toString());
      SuiteServer.Post post = server.posts().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Object console = browser.manage().logs().get(LogType.BROWSER).getAll();
      assertThat(post).as("console: %s", console).isNotNull();
      assertThat(post.path()).as(post.text()).isEqualTo("/done");
      return post.text();
    } finally {
      browser.quit();
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * A run that the native platform recorded, with late events, a fork and crashes, gives the same
 * bytes of every effect in Chromium.
 */
final class RecordingIT {
  private static final String NAME = "counter.bin";
  private static final long PATIENCE_SECONDS = 180;
  private static final int INPUTS = 2_000;

  @Test
  void recordedRun_hasTheSameEffectsInChromium() throws Exception {
    Path root = Repository.root();
    Path recordings = root.resolve("platform-jvm/target/recordings");
    Assumptions.assumeTrue(
        Files.isRegularFile(recordings.resolve(NAME)),
        "the tests of platform-jvm record the run and have not run yet");
    ChromeDriver browser = HeadlessChromium.open(HeadlessChromium.freshProfile());
    try (var server = new SuiteServer(SuiteServer.folders(recordings))) {
      browser.get(server.page(NAME).toString());
      SuiteServer.Post post = server.posts().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      List<?> console = browser.manage().logs().get(LogType.BROWSER).getAll();
      assertThat(post).as("console: %s", console).isNotNull();
      assertThat(post.path()).as(post.text()).isEqualTo("/done");
      JsonValue outcome = Json.parse(post.text());
      assertThat(outcome.has("inputs")).as(post.text()).isTrue();
      assertThat(outcome.at("inputs").number()).isGreaterThanOrEqualTo(INPUTS);
    } finally {
      browser.quit();
    }
  }
}

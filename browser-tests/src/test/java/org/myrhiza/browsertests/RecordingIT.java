// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Recording;
import org.myrhiza.kernel.Replayer;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.sim.GuestPlatform;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * A run that the native platform recorded, with late events, a fork and crashes, gives the same
 * bytes of every effect in Chromium; and one that Chromium recorded does on the native platform.
 */
final class RecordingIT {
  private static final String NAME = "counter.bin";
  private static final long PATIENCE_SECONDS = 180;
  private static final int INPUTS = 2_000;
  private static final int CHROMIUM_INPUTS = 200;

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

  @Test
  void runRecordedInChromium_hasTheSameEffectsOnTheNativePlatform() throws Exception {
    ChromeDriver browser = HeadlessChromium.open(HeadlessChromium.freshProfile());
    Recording recording;
    try (var server = new SuiteServer(SuiteServer.folders())) {
      browser.get(server.page("record").toString());
      SuiteServer.Post post = server.posts().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      List<?> console = browser.manage().logs().get(LogType.BROWSER).getAll();
      assertThat(post).as("console: %s", console).isNotNull();
      assertThat(post.path()).as(post.text()).isEqualTo("/done");
      byte[] bytes = Base64.getDecoder().decode(post.text());
      recording = Recording.CODEC.decode(Bytes.adopt(bytes)).orThrow();
    } finally {
      browser.quit();
    }
    assertThat(recording.steps()).hasSizeGreaterThan(CHROMIUM_INPUTS);
    ChicoryEngine engine = ChicoryEngine.compiled();
    GuestPlatform platform = new GuestPlatform(new Native(engine));
    Replayer.Outcome outcome =
        Replayer.replay(
            recording,
            platform::kernel,
            effect -> {
              if (effect instanceof Effect.Prepare prepare) {
                platform.prepare(prepare);
              }
            });
    assertThat(outcome).isInstanceOf(Replayer.Outcome.Same.class);
  }

  /** Chicory for the neutral simulator. */
  private record Native(ChicoryEngine engine) implements TestEngine {
    @Override
    public void prepare(ModuleHash hash, byte[] code) {
      assertThat(engine.prepare(hash, code)).isInstanceOf(Preparation.Prepared.class);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.testkit.fuzz.FuzzRun;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * Fuzzed modules in Chromium and on the native platform's compiler end alike, line by line. {@code
 * FuzzEnginesTest} of platform-jvm compares that compiler with the interpreter on the same seeds,
 * and {@code FuzzSuite} checks the pinned ones everywhere.
 */
final class FuzzedPageIT {
  private static final long FROM = 1_000_000;
  private static final int NIGHTLY_SEEDS = 10_000;
  private static final int SEEDS = 40;
  private static final long PATIENCE_SECONDS = 180;

  @Test
  @Tag("nightly")
  void tenThousandModules_endAlikeInChromiumAndCompiled() throws Exception {
    compare(NIGHTLY_SEEDS);
  }

  /** That the page and this class understand each other shows in every check. */
  @Test
  void modules_endAlikeInChromiumAndCompiled() throws Exception {
    compare(SEEDS);
  }

  private static void compare(int seeds) throws Exception {
    TestEngine compiled = new Native(ChicoryEngine.compiled());
    ChromeDriver browser = HeadlessChromium.open(HeadlessChromium.freshProfile());
    try (var server = new SuiteServer(SuiteServer.folders())) {
      browser.get(server.page("fuzz-" + FROM + "-" + (FROM + seeds)).toString());
      for (long seed = FROM; seed < FROM + seeds; seed++) {
        FuzzRun.Transcript transcript = FuzzRun.of(seed, compiled);
        assertThat(transcript.complaints()).isEmpty();
        assertThat(lines(next(server, browser, "/seed")))
            .as("seed %s", seed)
            .isEqualTo(transcript.lines());
      }
      assertThat(next(server, browser, "/done")).isEqualTo(Integer.toString(seeds));
    } finally {
      browser.quit();
    }
  }

  private static List<String> lines(String text) {
    return Arrays.asList(text.split("\n"));
  }

  private static String next(SuiteServer server, ChromeDriver browser, String path)
      throws InterruptedException {
    SuiteServer.Post post = server.posts().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (post == null || !post.path().equals(path)) {
      List<?> console = browser.manage().logs().get(LogType.BROWSER).getAll();
      throw new AssertionError("instead of " + path + ": " + post + "; console: " + console);
    }
    return post.text();
  }

  /** Chicory for the fuzzer. */
  private record Native(ChicoryEngine engine) implements TestEngine {
    @Override
    public void prepare(ModuleHash hash, byte[] code) {
      assertThat(engine.prepare(hash, code)).isInstanceOf(Preparation.Prepared.class);
    }
  }
}

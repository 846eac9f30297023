// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.testkit.files.FileVectors;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.scenario.CommonRun;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.wasm.engine.ModuleHash;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** A simulation under faults has the same trace in Chromium as on the native platform. */
final class SimulationIT {
  private static final List<Long> SEEDS = List.of(1L, 3L, 5L);
  private static final long PATIENCE_SECONDS = 180;

  @Test
  void simulation_hasTheSameTraceInChromium() throws Exception {
    TestStack.install(new TestStack("jvm", new FileVectors(Repository.root())));
    TestEngine compiled = new Native(ChicoryEngine.compiled());
    for (long seed : SEEDS) {
      String here = CommonRun.of(seed, compiled);
      assertThat(here).as("seed %s", seed).hasLineCount(3).doesNotContain("Problem");
      assertThat(inChromium(seed)).as("seed %s", seed).isEqualTo(here);
    }
  }

  private static String inChromium(long seed) throws Exception {
    ChromeDriver browser = HeadlessChromium.open(HeadlessChromium.freshProfile());
    try (var server = new SuiteServer(SuiteServer.folders())) {
      browser.get(server.page("sim-" + seed).toString());
      SuiteServer.Post post = server.posts().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      List<?> console = browser.manage().logs().get(LogType.BROWSER).getAll();
      assertThat(post).as("console: %s", console).isNotNull();
      assertThat(post.path()).as(post.text()).isEqualTo("/done");
      return post.text();
    } finally {
      browser.quit();
    }
  }

  /** Chicory for the neutral simulator. */
  private record Native(ChicoryEngine engine) implements TestEngine {
    @Override
    public void prepare(ModuleHash hash, byte[] code) {
      assertThat(engine.prepare(hash, code)).isInstanceOf(Preparation.Prepared.class);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import java.util.List;
import org.myrhiza.browser.engine.BrowserEngine;
import org.myrhiza.browser.keys.Sodium;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.NeutralTest;
import org.myrhiza.testkit.suite.SuiteRunner;
import org.myrhiza.testkit.suite.TestResult;
import org.myrhiza.testkit.suites.AllSuites;
import org.myrhiza.tools.worker.WorkerEngine;

/** Entry point of the worker: runs the suites and posts each result as one JSON object. */
public final class SuiteWorker {
  private static final String RECORDING = ".bin";
  private static final String RUN = "record";

  private SuiteWorker() {}

  /**
   * Runs the suites.
   *
   * @param args which tests, as {@link SuiteRunner#select} has it, the file of a recording to run
   *     again, {@code record} to make one, a range of seeds such as {@code fuzz-5-8}, or the seed
   *     of a simulation such as {@code sim-7}
   */
  public static void main(String[] args) {
    Sodium sodium = new Sodium();
    WorkerEngine engine = new WorkerEngine(new BrowserEngine());
    TestStack.install(
        new TestStack("browser", new ServedVectors())
            .withEd25519(sodium, sodium)
            .withAead(sodium)
            .withEngine(engine));
    String suite = args.length == 0 ? "" : args[0];
    if (suite.equals(RUN)) {
      Server.post("/done", Recorded.run(engine));
      return;
    }
    if (suite.startsWith(Fuzzed.REQUEST)) {
      Server.post("/done", Long.toString(Fuzzed.run(engine, suite)));
      return;
    }
    if (suite.startsWith(Simulated.REQUEST)) {
      Server.post("/done", Simulated.run(engine, suite));
      return;
    }
    if (suite.startsWith(Deep.REQUEST)) {
      Server.post("/done", Deep.run(suite));
      return;
    }
    byte[] recording = suite.endsWith(RECORDING) ? Server.get("/" + suite) : null;
    if (recording != null) {
      Server.post("/done", new Replay(engine, sodium).run(recording));
      return;
    }
    List<NeutralTest> tests = SuiteRunner.select(AllSuites.tests(), suite);
    for (NeutralTest test : tests) {
      long began = System.currentTimeMillis();
      TestResult result = SuiteRunner.run(test);
      Server.post("/result", json(result, System.currentTimeMillis() - began));
    }
    Server.post("/done", "{\"tests\":" + tests.size() + "}");
  }

  private static String json(TestResult result, long millis) {
    return "{\"suite\":"
        + Json.quote(result.suite())
        + ",\"name\":"
        + Json.quote(result.name())
        + ",\"outcome\":"
        + Json.quote(outcome(result.outcome()))
        + ",\"detail\":"
        + Json.quote(result.detail())
        + ",\"millis\":"
        + millis
        + "}";
  }

  private static String outcome(TestResult.Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
    };
  }
}

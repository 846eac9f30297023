// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.NeutralTest;
import org.myrhiza.testkit.suite.SuiteRunner;
import org.myrhiza.testkit.suites.AllSuites;

/**
 * The suites that run guests once more on Chicory's interpreter, which runs while the compiler
 * works and where a method is too large for it: same verdicts, same fuel.
 */
@Tag("slow")
final class InterpretedGuestsTest {
  private static final List<String> SUITES =
      List.of(
          "FixtureCallsSuite",
          "ForkedKeysSuite",
          "CounterSuite",
          "PollSuite",
          "GuestSuite",
          "MeteringVectorsSuite",
          "FuzzSuite",
          "CrossingSuite",
          "ComponentScriptsSuite",
          "OwnScriptsSuite",
          "BridgeValuesSuite");

  @TestFactory
  Stream<DynamicTest> guestCalls() {
    return SUITES.stream()
        .flatMap(suite -> SuiteRunner.select(AllSuites.tests(), suite).stream())
        .map(test -> DynamicTest.dynamicTest(test.name(), () -> runInterpreted(test)));
  }

  private static void runInterpreted(NeutralTest test) throws Exception {
    TestStack compiled = TestStack.current();
    TestStack.install(compiled.withEngine(new ChicoryTestEngine(ChicoryEngine.interpreted())));
    try {
      test.body().run();
    } finally {
      TestStack.install(compiled);
    }
  }

  @Test
  void everySuite_isThere() {
    assertThat(SUITES)
        .allSatisfy(suite -> assertThat(SuiteRunner.select(AllSuites.tests(), suite)).isNotEmpty());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.myrhiza.testkit.suite.TestResult.Outcome;
import org.opentest4j.TestAbortedException;

/** Runs neutral tests one after the other, where JUnit's own engine cannot run. */
public final class SuiteRunner {
  private SuiteRunner() {}

  private static final char SHARE = '*';

  /**
   * Names one of several equal shares of what a selection chooses.
   *
   * @param suite simple name of a suite, or empty for all
   * @param number the share's number, from 0
   * @param shares how many there are, 1 to 9
   * @return a text for {@link #select}
   */
  public static String share(String suite, int number, int shares) {
    return suite + SHARE + number + shares;
  }

  /**
   * Chooses the tests of one suite, or a share of them.
   *
   * @param tests all tests
   * @param wanted simple name of a suite, or empty for all, or what {@link #share} made of it
   * @return the chosen tests in the given order
   */
  public static List<NeutralTest> select(List<NeutralTest> tests, String wanted) {
    int mark = wanted.indexOf(SHARE);
    String suite = mark < 0 ? wanted : wanted.substring(0, mark);
    int number = mark < 0 ? 0 : wanted.charAt(mark + 1) - '0';
    int shares = mark < 0 ? 1 : wanted.charAt(mark + 2) - '0';
    List<NeutralTest> chosen = new ArrayList<>();
    int seen = 0;
    for (NeutralTest test : tests) {
      if (suite.isEmpty() || suite.equals(test.suite())) {
        if (seen % shares == number) {
          chosen.add(test);
        }
        seen++;
      }
    }
    return chosen;
  }

  /**
   * Runs one test and never throws: whatever the test throws is its result.
   *
   * @param test the test
   * @return its outcome
   */
  @SuppressWarnings("CatchAndPrintStackTrace")
  public static TestResult run(NeutralTest test) {
    // The enum is touched before the try: TeaVM takes what a try's body initialises for initialised
    // in its handlers too, and a first test that failed would find null constants there.
    Outcome outcome = Outcome.PASSED;
    String detail = "";
    try {
      test.body().run();
    } catch (TestAbortedException e) {
      outcome = Outcome.SKIPPED;
      detail = text(e);
    } catch (Throwable e) {
      outcome = Outcome.FAILED;
      detail = text(e);
    }
    return result(test, outcome, detail);
  }

  private static TestResult result(NeutralTest test, Outcome outcome, String detail) {
    return new TestResult(test.suite(), test.name(), outcome, detail);
  }

  private static String text(Throwable thrown) {
    return Objects.requireNonNullElse(thrown.getClass().getName(), "?")
        + ": "
        + Objects.requireNonNullElse(thrown.getMessage(), "");
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suite;

import java.util.Objects;

/**
 * What one neutral test gave.
 *
 * @param suite simple name of the suite's class
 * @param name name of the test method
 * @param outcome passed, failed or skipped
 * @param detail why it failed or was skipped, empty if it passed; for people only
 */
public record TestResult(String suite, String name, Outcome outcome, String detail) {
  /** Checks that nothing is missing. */
  public TestResult {
    Objects.requireNonNull(suite);
    Objects.requireNonNull(name);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(detail);
  }

  /** How a test can end. */
  public enum Outcome {
    /** The test returned. */
    PASSED,
    /** The test threw. */
    FAILED,
    /** An assumption of the test did not hold, such as a folder of vectors that is not there. */
    SKIPPED
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suite;

import java.util.Objects;

/**
 * One test of a neutral suite, callable without reflection.
 *
 * @param suite simple name of the suite's class
 * @param name name of the test method
 * @param body makes a fresh suite and calls the method
 */
public record NeutralTest(String suite, String name, Body body) {
  /** Checks that nothing is missing. */
  public NeutralTest {
    Objects.requireNonNull(suite);
    Objects.requireNonNull(name);
    Objects.requireNonNull(body);
  }

  /** What a test does; it fails by throwing. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs the test once.
     *
     * @throws Exception as the test method declares
     */
    void run() throws Exception;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.stack;

import org.jspecify.annotations.Nullable;

/**
 * What a platform lends to the neutral suites: installed once before the first test, the same for
 * all.
 *
 * @param name what to call this stack in messages, such as {@code jvm} or {@code browser}
 * @param vectors where test vectors come from
 */
public record TestStack(String name, Vectors vectors) {
  private static @Nullable TestStack installed;

  /**
   * Makes a stack the one that suites run on; called by the platform before the first test.
   *
   * @param stack what the platform offers
   */
  public static void install(TestStack stack) {
    installed = stack;
  }

  /**
   * The stack that this run is on.
   *
   * @return the installed stack
   * @throws IllegalStateException if the platform has installed none
   */
  public static TestStack current() {
    TestStack stack = installed;
    if (stack == null) {
      throw new IllegalStateException(
          "no test stack is installed; neutral suites run in platform-jvm and browser-tests");
    }
    return stack;
  }
}

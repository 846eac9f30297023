// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import org.myrhiza.testkit.deep.DeepRun;

/** A neutral property at length in the browser, to be compared with the same one elsewhere. */
final class Deep {
  /** What a request begins with; then come the property's name and its two numbers. */
  static final String REQUEST = "deep-";

  private Deep() {}

  /** Runs the property of a request such as {@code deep-kept-0-500}; see {@link DeepRun}. */
  static String run(String request) {
    String rest = request.substring(REQUEST.length());
    int first = rest.indexOf('-');
    int second = rest.indexOf('-', first + 1);
    try {
      return DeepRun.of(
          rest.substring(0, first),
          Integer.parseInt(rest.substring(first + 1, second)),
          Integer.parseInt(rest.substring(second + 1)));
    } catch (AssertionError wrong) {
      return "failed: " + wrong.getMessage();
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.processor;

import java.util.List;

/** One suite: its package, simple name and test methods in source order. */
record Suite(String home, String name, List<String> tests) {
  Suite {
    tests = List.copyOf(tests);
  }
}

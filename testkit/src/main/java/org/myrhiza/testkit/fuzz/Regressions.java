// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.List;

/** Seeds that once told two engines apart, kept for good. */
final class Regressions {
  /**
   * Outside of the range that each check runs. Seeds whose interpreted stores went astray; then one
   * whose interpreted product of two numbers was true although it was zero.
   */
  static final List<Long> SEEDS =
      List.of(1_115L, 1_144L, 1_156L, 1_295L, 1_307L, 1_374L, 1_487L, 1_002_657L);

  private Regressions() {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CallOutcome;

/** The outcomes as {@code engine.js} numbers them. */
final class Outcomes {
  static final int RETURNED = 0;
  static final int TRAPPED = 1;
  static final int ABORTED = 2;
  static final int EXHAUSTED = 4;

  private Outcomes() {}

  static CallOutcome of(int number) {
    return switch (number) {
      case RETURNED -> CallOutcome.RETURNED;
      case TRAPPED -> CallOutcome.TRAPPED;
      case ABORTED -> CallOutcome.ABORTED;
      case EXHAUSTED -> CallOutcome.EXHAUSTED;
      default -> new CallOutcome.Failed(EngineJs.lastFailure());
    };
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.myrhiza.state.ReadSet;

/**
 * What one run of an event showed, and what that depends on beside the event.
 *
 * @param first whether it was the first of its principal and so had the smaller budget
 */
record Run(Verdict verdict, ReadSet reads, boolean first) {
  /** That of an event which no app gets. */
  static final Run NOTHING = new Run(Verdict.NOTHING, ReadSet.NOTHING, false);

  boolean delivered() {
    return verdict.kind() != Verdict.Kind.NOT_APPLIED;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.BatchRun;
import org.myrhiza.testkit.crossing.Observation;
import org.myrhiza.testkit.stack.TestEngine;

/** What is compared with jco: this runtime, or one with a mistake. */
@FunctionalInterface
interface Subject {
  /** One call of a batch. */
  @FunctionalInterface
  interface Calls {
    /** Calls. */
    Observation run(int index);
  }

  /** Makes a batch ready. */
  Calls ready(Batch batch);

  /** This runtime on an engine. */
  static Subject on(TestEngine engine) {
    return batch -> new BatchRun(batch, engine)::run;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import org.myrhiza.testkit.scenario.CommonRun;
import org.myrhiza.tools.worker.WorkerEngine;

/** A simulation in the browser, to be compared with the same one elsewhere. */
final class Simulated {
  /** What a request for a simulation begins with; then comes the seed. */
  static final String REQUEST = "sim-";

  private Simulated() {}

  /** Runs the seed of a request such as {@code sim-7}; see {@link CommonRun}. */
  static String run(WorkerEngine engine, String request) {
    return CommonRun.of(Long.parseLong(request.substring(REQUEST.length())), engine);
  }
}

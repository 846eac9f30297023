// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import org.myrhiza.testkit.fuzz.FuzzRun;
import org.myrhiza.tools.worker.WorkerEngine;

/** Fuzzed modules in the browser: each transcript is posted whole, to be compared elsewhere. */
final class Fuzzed {
  /** What a request for seeds begins with; then come the first one and the one behind the last. */
  static final String REQUEST = "fuzz-";

  private Fuzzed() {}

  /** Runs the seeds of a request such as {@code fuzz-5-8}, and returns how many they were. */
  static long run(WorkerEngine engine, String request) {
    String range = request.substring(REQUEST.length());
    int dash = range.indexOf('-');
    long from = Long.parseLong(range.substring(0, dash));
    long to = Long.parseLong(range.substring(dash + 1));
    for (long seed = from; seed < to; seed++) {
      FuzzRun.Transcript transcript = FuzzRun.of(seed, engine);
      String complaints = String.join("\n", transcript.complaints());
      Server.post("/seed", transcript.text() + complaints);
    }
    return to - from;
  }
}

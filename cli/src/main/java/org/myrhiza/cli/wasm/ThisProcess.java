// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.util.Optional;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.wast.BridgeHost;
import org.myrhiza.testkit.wast.WastFeatures;
import org.myrhiza.testkit.wast.WastReport;
import org.myrhiza.testkit.wast.WastRunner;
import org.myrhiza.testkit.wast.WastScript;
import org.myrhiza.tools.run.ComponentRun;
import org.myrhiza.tools.run.Readiness;
import org.myrhiza.tools.run.RunJob;
import org.myrhiza.tools.run.RunResult;

/** Chicory in this process. */
final class ThisProcess implements Place {
  private final Chicory chicory;
  private final BridgeHost host;

  private final Deadline deadline;

  private ThisProcess(ChicoryEngine engine, Deadline deadline) {
    this.deadline = deadline;
    chicory = new Chicory(engine);
    host = BridgeHost.unmetered(chicory);
  }

  /** A place where guests may run: the engine's stack was probed. */
  static ThisProcess open(ChicoryEngine engine, Deadline deadline) throws Failure {
    ThisProcess place = new ThisProcess(engine, deadline);
    Optional<String> lack =
        GuestThread.call("myrhiza-probe", deadline, () -> Readiness.lack(place.chicory));
    if (lack.isPresent()) {
      throw new Failure(
          ExitCode.MISSING, "stack", lack.get(), "Give the JVM its usual stack, or more.", "");
    }
    return place;
  }

  @Override
  public RunResult run(RunJob job) throws Failure {
    return GuestThread.call("myrhiza-run", deadline, () -> ComponentRun.run(job, chicory));
  }

  @Override
  public WastReport wast(String script) throws Failure {
    WastScript read = WastScript.read(Json.parse(script));
    return GuestThread.call(
        "myrhiza-wast", deadline, () -> WastRunner.run(read, host, WastFeatures.all()));
  }

  @Override
  public void close() {
    // It holds nothing that outlives it.
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.wast.BridgeHost;
import org.myrhiza.testkit.wast.WastFeatures;
import org.myrhiza.testkit.wast.WastReport;
import org.myrhiza.testkit.wast.WastRunner;
import org.myrhiza.testkit.wast.WastScript;
import org.myrhiza.tools.run.ComponentRun;
import org.myrhiza.tools.run.RunJob;
import org.myrhiza.tools.run.RunResult;

/** Chicory in this process. */
final class ThisProcess implements Place {
  private final Chicory chicory;
  private final BridgeHost host;

  ThisProcess(ChicoryEngine engine) {
    chicory = new Chicory(engine);
    host = BridgeHost.unmetered(chicory);
  }

  @Override
  public RunResult run(RunJob job) throws Failure {
    return GuestThread.call("myrhiza-run", () -> ComponentRun.run(job, chicory));
  }

  @Override
  public WastReport wast(String script) throws Failure {
    WastScript read = WastScript.read(Json.parse(script));
    return GuestThread.call("myrhiza-wast", () -> WastRunner.run(read, host, WastFeatures.all()));
  }

  @Override
  public void close() {
    // It holds nothing that outlives it.
  }
}

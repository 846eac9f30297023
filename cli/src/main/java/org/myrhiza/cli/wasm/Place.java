// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.testkit.wast.WastReport;
import org.myrhiza.tools.run.RunJob;
import org.myrhiza.tools.run.RunResult;

/** Where components run: in this process or in a browser; the answers are the same. */
interface Place extends AutoCloseable {
  /** Makes a call. */
  RunResult run(RunJob job) throws Failure;

  /**
   * Runs a script.
   *
   * @param script as the converter wrote it
   */
  WastReport wast(String script) throws Failure;

  @Override
  void close();
}

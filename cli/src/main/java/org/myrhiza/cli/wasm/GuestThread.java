// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import org.jspecify.annotations.Nullable;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.jvm.engine.ChicoryEngine;

/** Runs work on a thread of its own, since guests are promised more stack than this one has. */
final class GuestThread {
  private GuestThread() {}

  /** Runs the work to its end. */
  static void run(String name, Runnable work) throws Failure {
    Thread thread = new Thread(null, work, name, ChicoryEngine.STACK_BYTES);
    Ended ended = new Ended();
    thread.setUncaughtExceptionHandler(ended);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "stopped", "interrupted while running", "", "");
    }
    if (ended.thrown != null) {
      throw new IllegalStateException("the work broke", ended.thrown);
    }
  }

  /** Keeps what ended the thread, if something did. */
  private static final class Ended implements Thread.UncaughtExceptionHandler {
    private volatile @Nullable Throwable thrown;

    @Override
    public void uncaughtException(Thread thread, Throwable why) {
      thrown = why;
    }
  }
}

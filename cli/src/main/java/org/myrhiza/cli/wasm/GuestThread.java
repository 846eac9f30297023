// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.jvm.engine.ChicoryEngine;

/** Runs work on a thread of its own, since guests are promised more stack than this one has. */
public final class GuestThread {
  private GuestThread() {}

  /** Runs the work to its end and returns what it made. */
  public static <T> T call(String name, Supplier<T> work) throws Failure {
    Ended<T> ended = new Ended<>();
    Thread thread =
        new Thread(null, () -> ended.made = work.get(), name, ChicoryEngine.STACK_BYTES);
    thread.setUncaughtExceptionHandler(ended);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "stopped", "interrupted while running", "", "");
    }
    @Nullable T made = ended.made;
    if (made == null) {
      throw new IllegalStateException("the work broke", ended.thrown);
    }
    return made;
  }

  /** Keeps how the thread ended. */
  private static final class Ended<T> implements Thread.UncaughtExceptionHandler {
    private volatile @Nullable T made;
    private volatile @Nullable Throwable thrown;

    @Override
    public void uncaughtException(Thread thread, Throwable why) {
      thrown = why;
    }
  }
}

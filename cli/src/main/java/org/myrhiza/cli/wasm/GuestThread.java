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
    Thread thread = started(name, work, ended);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw stopped();
    }
    return ended.made();
  }

  /**
   * Runs the work to its end, or until the deadline. A guest cannot be stopped from outside: what
   * passes the deadline goes on until the process ends, which is then all that is left to do.
   */
  static <T> T call(String name, Deadline deadline, Supplier<T> work) throws Failure {
    Ended<T> ended = new Ended<>();
    Thread thread = started(name, work, ended);
    try {
      if (!thread.join(deadline.left())) {
        throw deadline.passed();
      }
    } catch (InterruptedException interrupted) {
      throw stopped();
    }
    return ended.made();
  }

  private static <T> Thread started(String name, Supplier<T> work, Ended<T> ended) {
    Thread thread =
        new Thread(null, () -> ended.made = work.get(), name, ChicoryEngine.STACK_BYTES);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(ended);
    thread.start();
    return thread;
  }

  private static Failure stopped() {
    Thread.currentThread().interrupt();
    return new Failure(ExitCode.FAILED, "stopped", "interrupted while running", "", "");
  }

  /** Keeps how the thread ended. */
  private static final class Ended<T> implements Thread.UncaughtExceptionHandler {
    private volatile @Nullable T made;
    private volatile @Nullable Throwable thrown;

    T made() {
      @Nullable T seen = made;
      if (seen == null) {
        throw new IllegalStateException("the work broke", thrown);
      }
      return seen;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable why) {
      thrown = why;
    }
  }
}

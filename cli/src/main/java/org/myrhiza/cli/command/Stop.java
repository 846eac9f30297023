// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.util.concurrent.CountDownLatch;

/**
 * A clean stop by SIGINT or SIGTERM: what was started is closed in reverse order, then the process
 * ends with 0. The JVM's own answer to a signal would be 130 or 143.
 */
public final class Stop {
  private final CountDownLatch never = new CountDownLatch(1);
  private final Thread hook;

  private Stop(Thread hook) {
    this.hook = hook;
  }

  /** Runs {@code stop} when the process is told to end, and makes it end with 0. */
  public static Stop with(Runnable stop) {
    Thread hook =
        new Thread(
            () -> {
              stop.run();
              System.out.flush();
              System.err.flush();
              Runtime.getRuntime().halt(0);
            },
            "myrhiza-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Stop(hook);
  }

  /** Ends the watch: from here on the process ends with the exit code that it chooses itself. */
  public void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is being told to end right now: the hook runs and decides.
      assert ending != null;
    }
  }

  /** Waits until the process is told to end; never returns normally. */
  public void await() {
    try {
      never.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that owns all state of the links. What comes after its end is not run. */
final class Loop {
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("myrhiza-links").daemon().factory());

  Loop() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
  }

  void run(Runnable task) {
    after(Duration.ZERO, task);
  }

  void after(Duration wait, Runnable task) {
    try {
      var _ = executor.schedule(() -> guarded(task), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ended) {
      if (!executor.isShutdown()) {
        throw ended;
      }
    }
  }

  /** The executor would keep a bug's exception to itself. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      Thread self = Thread.currentThread();
      self.getUncaughtExceptionHandler().uncaughtException(self, bug);
    }
  }

  /** Runs one more task and waits for it, then ends. */
  void end(Runnable last) {
    CountDownLatch done = new CountDownLatch(1);
    run(() -> {
      last.run();
      done.countDown();
    });
    try {
      var _ = done.await(Limits.CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }
}

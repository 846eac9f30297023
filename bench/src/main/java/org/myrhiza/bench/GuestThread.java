// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.myrhiza.jvm.engine.ChicoryEngine;

/** Runs measurements on a thread with the stack that guests are promised. */
final class GuestThread {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private GuestThread() {}

  /** What is measured. */
  interface Work<T> {
    T run() throws Refused;
  }

  static <T> T run(String what, Work<T> work) throws Refused {
    CompletableFuture<T> done = new CompletableFuture<>();
    Runnable body =
        () -> {
          try {
            done.complete(work.run());
          } catch (Refused | RuntimeException failed) {
            done.completeExceptionally(failed);
          }
        };
    new Thread(null, body, "bench-guests", ChicoryEngine.STACK_BYTES).start();
    try {
      return done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new Refused(what, failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted", ended);
    }
  }
}

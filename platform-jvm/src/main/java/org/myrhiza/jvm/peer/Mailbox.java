// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.myrhiza.kernel.Input;

/**
 * The inputs that wait for the kernel. It needs no bound of its own since every source has one:
 * links stop reading while too much of theirs is not taken, completions answer effects that the
 * kernel itself bounds, and commands are counted by {@link KernelThread}.
 */
final class Mailbox {
  /**
   * One waiting input.
   *
   * @param input what to submit, or null to end the kernel's thread
   * @param taken run when it leaves the queue
   */
  record Posted(@Nullable Input input, Runnable taken) {}

  private final BlockingQueue<Posted> queue = new LinkedBlockingQueue<>();

  private static void nobody() {}

  void post(Input input) {
    queue.add(new Posted(input, Mailbox::nobody));
  }

  void post(Input input, Runnable taken) {
    queue.add(new Posted(input, taken));
  }

  void postStop() {
    queue.add(new Posted(null, Mailbox::nobody));
  }

  Posted take() throws InterruptedException {
    return queue.take();
  }
}

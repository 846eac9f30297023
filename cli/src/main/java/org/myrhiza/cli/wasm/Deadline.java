// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.time.Duration;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;

/** When a command gives up: what {@code --timeout} says, from its making on. */
final class Deadline {
  private final Duration timeout;
  private final long end;

  Deadline(Duration timeout) {
    this.timeout = timeout;
    this.end = System.nanoTime() + timeout.toNanos();
  }

  /** How long is left; nothing when it has passed. */
  Duration left() {
    long nanos = end - System.nanoTime();
    return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
  }

  /** The failure of what did not end in time. */
  Failure passed() {
    return new Failure(
        ExitCode.FAILED,
        "timeout",
        "no answer within " + timeout.toSeconds() + " seconds",
        "Try again with a longer --timeout. A call that never ends can be given --fuel.",
        "");
  }
}

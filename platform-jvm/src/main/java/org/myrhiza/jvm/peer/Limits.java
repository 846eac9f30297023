// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.time.Duration;

/** Bounds of the native peer. */
final class Limits {
  /** Commands that may wait for their answers at once. */
  static final int COMMANDS = 1024;

  /** Stack of the kernel's thread: what guests on Chicory need at the account's limit. */
  static final long STACK_BYTES = 64L << 20;

  /** Bytes of entropy that the kernel starts from. */
  static final int ENTROPY_BYTES = 32;

  /** How long a clean stop waits for each adapter. */
  static final Duration STOP = Duration.ofSeconds(4);

  private Limits() {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

/** Where a guest's log goes: the local log only, never a protocol. */
@FunctionalInterface
public interface GuestLog {
  /** Forgets everything. */
  GuestLog NONE = (level, message) -> {};

  /**
   * Takes one message.
   *
   * @param level how much it matters
   * @param message at most 4 KiB of UTF-8
   */
  void write(LogLevel level, String message);
}

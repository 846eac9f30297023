// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

/** Bounds of the native peer's keys. */
final class Limits {
  /** Keys for which the check of a signature is kept begun: about a kilobyte each. */
  static final int READY_CHECKS = 256;

  private Limits() {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.link;

/** Bounds of the page's relay connections. */
final class Limits {
  /** The first wait before a lost relay is tried again, in milliseconds. */
  static final int FIRST_WAIT_MILLIS = 500;

  /** The longest wait, in milliseconds. */
  static final int LONGEST_WAIT_MILLIS = 30_000;

  /**
   * Bytes that may wait in a socket before frames are dropped; sync asks again for what is lost.
   */
  static final int BUFFERED_BYTES = 16 << 20;

  /** Links of one relay connection at once. */
  static final int LINKS = 4096;

  private Limits() {}
}

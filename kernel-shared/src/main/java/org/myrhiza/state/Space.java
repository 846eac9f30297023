// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

/** The two spaces of a topic's state, with the number that names each in stored bytes. */
public enum Space {
  /** What the app reads and writes. */
  APP(0),
  /** What the kernel keeps: bundle, metering table, format and policy in force. */
  KERNEL(1);

  private final int code;

  Space(int code) {
    this.code = code;
  }

  /** Returns the byte that stands for this space. */
  public int code() {
    return code;
  }
}

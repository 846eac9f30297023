// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/** How values are shown in messages. */
final class Shown {
  private Shown() {}

  static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }
}

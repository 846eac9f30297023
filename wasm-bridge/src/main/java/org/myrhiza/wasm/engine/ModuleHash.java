// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/**
 * Names the exact bytes of one rewritten core module, for caches of compiled code.
 *
 * @param hex 64 lower-case hex digits
 */
public record ModuleHash(String hex) {
  private static final int HEX_DIGITS = 64;

  /** Checks length and digits. */
  public ModuleHash {
    if (hex.length() != HEX_DIGITS) {
      throw new IllegalArgumentException("hash has " + hex.length() + " digits, wants 64");
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        throw new IllegalArgumentException("not a lower-case hex digit at " + i);
      }
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

/** The one shape of an error's sentence. */
final class Sentences {
  private Sentences() {}

  static String compose(String kind, String what, String seen, String allowed, int offset) {
    return kind + " " + what + ": " + seen + "; allowed: " + allowed + " (offset " + offset + ")";
  }
}

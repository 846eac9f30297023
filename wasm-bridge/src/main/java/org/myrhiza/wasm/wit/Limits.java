// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.wit;

/** Bounds of written types. */
final class Limits {
  /** Characters after which a text is cut off; the kernel's own package takes some 8,000. */
  static final int TEXT_CHARS = 1 << 20;

  private Limits() {}
}

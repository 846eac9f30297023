// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/**
 * The size of a memory (in pages of 65,536 bytes) or of a table (in elements).
 *
 * @param min the size at the start, 0 to 2^32 - 1
 * @param max the size up to which it may grow, or {@link #NONE}
 */
public record Extent(long min, long max) {
  /** Stands for an absent maximum. */
  public static final long NONE = -1;

  /** Checks the ranges; that min is not above max is the validator's business. */
  public Extent {
    if (min < 0 || min > 0xFFFF_FFFFL || max < NONE || max > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("extent " + min + " to " + max);
    }
  }

  /** Whether a maximum is declared. */
  public boolean hasMax() {
    return max != NONE;
  }
}

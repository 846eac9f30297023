// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bytes.Codec;

/**
 * A link to one remote, as the platform numbers it. A number is not used again in one run.
 *
 * @param number 1 or more
 */
public record LinkId(long number) implements Comparable<LinkId> {
  /** Canonical form: 8 bytes. */
  public static final Codec<LinkId> CODEC =
      Codec.of(
          (w, link) -> w.u64(link.number),
          r -> {
            long number = r.u64();
            if (number < 1) {
              throw r.fail("link number", Long.toString(number), "1 or more");
            }
            return new LinkId(number);
          });

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException when the number is below 1
   */
  public LinkId {
    if (number < 1) {
      throw new IllegalArgumentException("link number " + number);
    }
  }

  @Override
  public int compareTo(LinkId other) {
    return Long.compare(number, other.number);
  }
}

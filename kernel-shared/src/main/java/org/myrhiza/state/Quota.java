// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

/**
 * The most that one topic's app space may hold.
 *
 * @param bytes of keys and values together, 0 or more
 * @param entries 0 or more
 */
public record Quota(long bytes, long entries) {
  /** What a policy gives when it names nothing else. */
  public static final Quota DEFAULT = new Quota(Limits.QUOTA_BYTES, Limits.QUOTA_ENTRIES);

  /**
   * Checks both numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Quota {
    if (bytes < 0 || entries < 0) {
      throw new IllegalArgumentException("quota " + bytes + " bytes, " + entries + " entries");
    }
  }
}

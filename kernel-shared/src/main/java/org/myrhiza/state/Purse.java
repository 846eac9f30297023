// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

/** How much hashing one step may still do, in rough bytes; the last spender may overdraw it. */
final class Purse {
  private long left;

  Purse(long bytes) {
    left = bytes;
  }

  /** Takes the cost when anything is left; returns whether it did. */
  boolean spend(long cost) {
    if (left <= 0) {
      return false;
    }
    left -= cost;
    return true;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;

/** A yes or no of each event by its number, no at first. */
final class Flags {
  private static final int FIRST_CAPACITY = 64;

  private boolean[] items = new boolean[FIRST_CAPACITY];

  boolean get(int number) {
    return number < items.length && items[number];
  }

  void set(int number, boolean value) {
    if (number >= items.length) {
      if (!value) {
        return;
      }
      items = Arrays.copyOf(items, Math.max(number + 1, items.length * 2));
    }
    items[number] = value;
  }
}

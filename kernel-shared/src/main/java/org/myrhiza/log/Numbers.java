// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;

/** A list of event numbers, also used as a stack. */
final class Numbers {
  private static final int FIRST_CAPACITY = 16;

  private int[] items = new int[FIRST_CAPACITY];
  private int size;

  void push(int number) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = number;
  }

  int pop() {
    return items[--size];
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return items[index];
  }

  int last() {
    return items[size - 1];
  }

  int[] toArray() {
    return Arrays.copyOf(items, size);
  }
}

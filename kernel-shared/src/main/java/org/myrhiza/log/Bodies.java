// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;

/**
 * The events of a log that are in memory with all their bytes: the kernel's own, which the rules
 * read again and again, and of the app's those that came or were loaded last. The store has the
 * others.
 */
final class Bodies {
  private static final int FIRST_CAPACITY = 64;

  private final long most;
  private final Map<Integer, Event> pinned = new TreeMap<>();
  private @Nullable Event[] events = new @Nullable Event[FIRST_CAPACITY];

  /** Numbers in the order in which they came, from {@code first} on, around the end. */
  private int[] queue = new int[FIRST_CAPACITY];

  private int first;
  private int waiting;
  private long bytes;

  /** Keeps about so many bytes of app events, and the last two: a proof of a fork needs both. */
  Bodies(long most) {
    this.most = most;
  }

  long most() {
    return most;
  }

  void put(int number, Event event) {
    switch (event.header().kind()) {
      case GENESIS, JOIN, FENCE, ADMIT, UPGRADE, ANCHOR_POLICY, SEAL -> pinned.put(number, event);
      case APP -> keep(number, event);
    }
  }

  private void keep(int number, Event event) {
    if (number >= events.length) {
      events = Arrays.copyOf(events, Math.max(number + 1, events.length * 2));
    }
    if (events[number] != null) {
      return;
    }
    events[number] = event;
    bytes += Sizes.of(event);
    push(number);
    while (bytes > most && waiting > 2) {
      drop();
    }
  }

  private void push(int number) {
    if (waiting == queue.length) {
      int[] longer = new int[waiting * 2];
      for (int i = 0; i < waiting; i++) {
        longer[i] = queue[(first + i) % waiting];
      }
      queue = longer;
      first = 0;
    }
    queue[(first + waiting) % queue.length] = number;
    waiting++;
  }

  private void drop() {
    int oldest = queue[first];
    Event gone = events[oldest];
    events[oldest] = null;
    bytes -= gone == null ? 0 : Sizes.of(gone);
    first = (first + 1) % queue.length;
    waiting--;
  }

  /** Returns the numbers of the kernel's own events, ascending. */
  List<Integer> pinned() {
    return List.copyOf(pinned.keySet());
  }

  /** Returns an event, null when only the store has it. */
  @Nullable Event get(int number) {
    Event event = number < events.length ? events[number] : null;
    return event == null ? pinned.get(number) : event;
  }
}

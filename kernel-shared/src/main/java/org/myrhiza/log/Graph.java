// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.identity.PublicKey;

/**
 * The valid events of a topic and how they hang together. Each has a number, from 0 in order of
 * arrival, which means something only here; what is known of an event lies in arrays by number, so
 * that an event costs tens of bytes beside its own.
 *
 * <p>Two facts hang on descendants and are counted, so that a change reaches exactly those that it
 * concerns. An event is <em>held</em> when it is kept, a fence, or in the past of one that is held;
 * it is <em>covered</em> when it is in the past of a kept one.
 */
final class Graph {
  /** No event. */
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 64;
  private static final byte KEPT = 1;
  private static final byte FENCE = 2;

  private final OrderTree order;
  // Looked up, never iterated: the order of a hash map differs between stacks.
  private final Map<EventId, Integer> numbers = new HashMap<>();
  private final List<LogEntry> entries = new ArrayList<>();
  private final TreeMap<PublicKey, Integer> principalNumbers = new TreeMap<>();
  private int[][] parents = new int[FIRST_CAPACITY][];
  private int[] prevs = new int[FIRST_CAPACITY];
  private int[] principals = new int[FIRST_CAPACITY];
  private Branch[] branches = new Branch[FIRST_CAPACITY];
  private int[] heldChildren = new int[FIRST_CAPACITY];
  private int[] coveringChildren = new int[FIRST_CAPACITY];
  private byte[] flags = new byte[FIRST_CAPACITY];
  private final TreeMap<EventId, LogEntry> heads = new TreeMap<>();
  private final Numbers work = new Numbers();

  Graph(OrderTree order) {
    this.order = order;
  }

  /** Adds an event whose parents are here, to the order too; returns its number. */
  int add(LogEntry entry) {
    int number = entries.size();
    grow(number + 1);
    order.add(number, entry.place());
    entries.add(entry);
    numbers.put(entry.id(), number);
    var header = entry.event().header();
    prevs[number] = header.prev().isEmpty() ? NONE : number(header.prev().get());
    principals[number] = principal(entry.principal());
    List<EventId> ids = header.parents();
    int[] cited = new int[ids.size()];
    for (int i = 0; i < cited.length; i++) {
      cited[i] = number(ids.get(i));
    }
    parents[number] = cited;
    if (header.kind() == EventKind.FENCE) {
      flags[number] = FENCE;
      nowHeld(number);
    }
    return number;
  }

  private void grow(int size) {
    if (size > prevs.length) {
      int capacity = size * 2;
      parents = Arrays.copyOf(parents, capacity);
      prevs = Arrays.copyOf(prevs, capacity);
      principals = Arrays.copyOf(principals, capacity);
      branches = Arrays.copyOf(branches, capacity);
      heldChildren = Arrays.copyOf(heldChildren, capacity);
      coveringChildren = Arrays.copyOf(coveringChildren, capacity);
      flags = Arrays.copyOf(flags, capacity);
    }
  }

  int size() {
    return entries.size();
  }

  /** Returns an event's number, {@link #NONE} if it is not here. */
  int find(EventId id) {
    Integer number = numbers.get(id);
    return number == null ? NONE : number;
  }

  /** Returns the number of an event that is here. */
  int number(EventId id) {
    Integer number = numbers.get(id);
    if (number == null) {
      throw new IllegalArgumentException("not a valid event: " + id.text());
    }
    return number;
  }

  @Nullable LogEntry get(EventId id) {
    Integer number = numbers.get(id);
    return number == null ? null : entries.get(number);
  }

  LogEntry entry(int number) {
    return entries.get(number);
  }

  /** Returns the number of a principal, from 0, which means something only here. */
  int principal(PublicKey key) {
    return principalNumbers.computeIfAbsent(key, any -> principalNumbers.size());
  }

  /** Returns the number of an event's principal. */
  int principalOf(int number) {
    return principals[number];
  }

  /** Says to which branch of its chain an event was added. */
  void place(int number, Branch branch) {
    branches[number] = branch;
  }

  Branch branch(int number) {
    return branches[number];
  }

  long seq(int number) {
    return entries.get(number).seq();
  }

  int prev(int number) {
    return prevs[number];
  }

  int[] parents(int number) {
    return parents[number];
  }

  boolean isFence(int number) {
    return (flags[number] & FENCE) != 0;
  }

  boolean isKept(int number) {
    return (flags[number] & KEPT) != 0;
  }

  boolean isHeld(int number) {
    return flags[number] != 0 || heldChildren[number] > 0;
  }

  /** Whether an event is in the past of a kept one. */
  boolean isCovered(int number) {
    return coveringChildren[number] > 0;
  }

  /** Returns by number which events are held, or of some keys, or in the past of one of those. */
  boolean[] heldOrBefore(Collection<PublicKey> keys) {
    boolean[] found = new boolean[size()];
    for (int number = 0; number < found.length; number++) {
      if (isHeld(number) || keys.contains(branches[number].chain.key())) {
        find(number, found);
      }
    }
    return found;
  }

  private void find(int number, boolean[] found) {
    if (!found[number]) {
      found[number] = true;
      work.push(number);
    }
    while (!work.isEmpty()) {
      for (int parent : parents[work.pop()]) {
        if (!found[parent]) {
          found[parent] = true;
          work.push(parent);
        }
      }
    }
  }

  /** Says whether an event is kept from now on; returns whether that is news. */
  boolean keep(int number, boolean kept) {
    if (isKept(number) == kept) {
      return false;
    }
    boolean wasHeld = isHeld(number);
    boolean wasCovering = isCovering(number);
    flags[number] ^= KEPT;
    order.keep(number, kept);
    if (!wasHeld && isHeld(number)) {
      nowHeld(number);
    } else if (wasHeld && !isHeld(number)) {
      noLongerHeld(number);
    }
    if (wasCovering != isCovering(number)) {
      spreadCover(number, kept ? 1 : -1);
    }
    refreshHead(number);
    return true;
  }

  private void refreshHead(int number) {
    LogEntry entry = entries.get(number);
    if (isKept(number) && !isCovered(number)) {
      heads.put(entry.id(), entry);
    } else {
      heads.remove(entry.id());
    }
  }

  /** Returns the kept events that are in the past of no other, by id. */
  SortedMap<EventId, LogEntry> heads() {
    return heads;
  }

  private boolean isCovering(int number) {
    return isKept(number) || isCovered(number);
  }

  private void nowHeld(int number) {
    work.push(number);
    while (!work.isEmpty()) {
      int at = work.pop();
      order.hold(at, true);
      for (int parent : parents[at]) {
        boolean was = isHeld(parent);
        heldChildren[parent]++;
        if (!was) {
          work.push(parent);
        }
      }
    }
  }

  private void noLongerHeld(int number) {
    work.push(number);
    while (!work.isEmpty()) {
      int at = work.pop();
      order.hold(at, false);
      for (int parent : parents[at]) {
        heldChildren[parent]--;
        if (!isHeld(parent)) {
          work.push(parent);
        }
      }
    }
  }

  private void spreadCover(int number, int by) {
    work.push(number);
    while (!work.isEmpty()) {
      for (int parent : parents[work.pop()]) {
        boolean was = isCovering(parent);
        coveringChildren[parent] += by;
        refreshHead(parent);
        if (was != isCovering(parent)) {
          work.push(parent);
        }
      }
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Place;
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

  /** Beside a kind: the event is the first of its chain, seq 1. */
  private static final byte BEGINS = 0x40;

  static final List<EventKind> KINDS = List.of(EventKind.values());

  private final Places places;
  private final OrderTree order;
  private final Bodies bodies;
  private final List<PublicKey> principalKeys = new ArrayList<>();
  private final TreeMap<PublicKey, Integer> principalNumbers = new TreeMap<>();
  private long[] clocks = new long[FIRST_CAPACITY];
  private byte[] kinds = new byte[FIRST_CAPACITY];
  private int[] sizes = new int[FIRST_CAPACITY];
  private int[] citedFrom = new int[FIRST_CAPACITY + 1];
  private int[] cited = new int[FIRST_CAPACITY];
  private int[] principals = new int[FIRST_CAPACITY];
  private int[] indexes = new int[FIRST_CAPACITY];
  private Branch[] branches = new Branch[FIRST_CAPACITY];
  private int[] heldChildren = new int[FIRST_CAPACITY];
  private int[] coveringChildren = new int[FIRST_CAPACITY];
  private byte[] flags = new byte[FIRST_CAPACITY];
  private byte[] marks = new byte[FIRST_CAPACITY];
  private int markSum;

  /** Whether order and heads are made at the end, from what is here then. */
  private boolean building;

  private final TreeMap<EventId, LogEntry> heads = new TreeMap<>();
  private final Numbers work = new Numbers();

  Graph(Places places, OrderTree order, Bodies bodies) {
    this.places = places;
    this.order = order;
    this.bodies = bodies;
  }

  /**
   * Begins with many events from an index: order and heads follow with {@link #built}, and are not
   * to be asked for before.
   */
  void build(int events) {
    building = true;
    capacity(spare(events));
    places.reserve(events);
  }

  private static int spare(int size) {
    return size + size / Limits.INDEX_SPARE + FIRST_CAPACITY;
  }

  /** Makes order and heads. */
  void built() {
    if (!building) {
      return;
    }
    building = false;
    boolean[] held = new boolean[kinds.length];
    boolean[] kept = new boolean[kinds.length];
    for (int number = 0; number < size(); number++) {
      held[number] = isHeld(number);
      kept[number] = isKept(number);
      refreshHead(number);
    }
    order.build(held, kept);
    cited = Arrays.copyOf(cited, spare(citedFrom[size()]));
  }

  /**
   * Adds an event whose parents are here, to the order too; returns its number.
   *
   * @param parents the previous event of its chain first, unless it has seq 1
   */
  int add(LogEntry entry, int[] parents) {
    int number = size();
    grow(number + 1, citedFrom[number] + parents.length);
    places.add(entry.place());
    kinds[number] = (byte) (KINDS.indexOf(entry.kind()) | (entry.seq() == 1 ? BEGINS : 0));
    clocks[number] = entry.clock().packed();
    sizes[number] = entry.sizeBytes();
    principals[number] = principal(entry.principal());
    cite(number, parents, parents.length);
    return number;
  }

  /** Adds an event of an index whose parents are here, to the order too; returns its number. */
  int add(Row row) {
    int number = size();
    grow(number + 1, citedFrom[number] + row.parents);
    places.add(row.depth, row.name);
    kinds[number] = (byte) (KINDS.indexOf(row.kind) | (row.signer == null ? 0 : BEGINS));
    clocks[number] = row.clock;
    sizes[number] = row.size;
    PublicKey signer = row.signer;
    PublicKey principal = row.principal == null ? signer : row.principal;
    principals[number] = principal == null ? principals[row.cited[0]] : principal(principal);
    cite(number, row.cited, row.parents);
    return number;
  }

  private void cite(int number, int[] parents, int count) {
    System.arraycopy(parents, 0, cited, citedFrom[number], count);
    citedFrom[number + 1] = citedFrom[number] + count;
    if (!building) {
      order.add(number);
    }
    if (kind(number) == EventKind.FENCE) {
      flags[number] = FENCE;
      nowHeld(number);
    }
  }

  /** Returns the numbers of events that are here. */
  int[] numbers(List<EventId> ids) {
    int[] numbers = new int[ids.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(ids.get(i));
    }
    return numbers;
  }

  private void grow(int size, int citations) {
    if (citations > cited.length) {
      cited = Arrays.copyOf(cited, longer(citations));
    }
    if (size > kinds.length) {
      capacity(longer(size));
    }
  }

  private void capacity(int capacity) {
    if (capacity > kinds.length) {
      clocks = Arrays.copyOf(clocks, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
      sizes = Arrays.copyOf(sizes, capacity);
      citedFrom = Arrays.copyOf(citedFrom, capacity + 1);
      principals = Arrays.copyOf(principals, capacity);
      indexes = Arrays.copyOf(indexes, capacity);
      branches = Arrays.copyOf(branches, capacity);
      heldChildren = Arrays.copyOf(heldChildren, capacity);
      coveringChildren = Arrays.copyOf(coveringChildren, capacity);
      flags = Arrays.copyOf(flags, capacity);
      marks = Arrays.copyOf(marks, capacity);
    }
  }

  /** Returns a capacity beyond a size that grows with it, by a half: twice would be wasteful. */
  static int longer(int size) {
    return size + size / 2;
  }

  int size() {
    return places.size();
  }

  /** Returns an event's number, {@link #NONE} if it is not here. */
  int find(EventId id) {
    return places.find(id);
  }

  /** Returns the number of an event that is here. */
  int number(EventId id) {
    int number = places.find(id);
    if (number == NONE) {
      throw new IllegalArgumentException("not a valid event: " + id.text());
    }
    return number;
  }

  @Nullable LogEntry get(EventId id) {
    int number = places.find(id);
    return number == NONE ? null : entry(number);
  }

  /** Returns what is remembered of an event, made anew. */
  LogEntry entry(int number) {
    return new LogEntry(
        places.place(number),
        principalKeys.get(principals[number]),
        branches[number].chain.key(),
        seq(number),
        kind(number),
        clock(number),
        sizes[number]);
  }

  Place place(int number) {
    return places.place(number);
  }

  /** Returns the 56 bytes of a place. */
  Bytes key(int number) {
    return places.key(number);
  }

  /** Returns the byte that others gave an event to keep, 0 if none did. */
  int mark(int number) {
    return marks[number];
  }

  void mark(int number, int mark) {
    markSum += IndexRecords.share(number, mark) - IndexRecords.share(number, marks[number]);
    marks[number] = (byte) mark;
  }

  /** Returns the sum of what all bytes share in ({@link IndexRecords#share}). */
  int markSum() {
    return markSum;
  }

  EventId id(int number) {
    return places.id(number);
  }

  int depth(int number) {
    return places.depth(number);
  }

  Clock clock(int number) {
    return Clock.unpack(clocks[number]);
  }

  EventKind kind(int number) {
    return KINDS.get(kinds[number] & ~BEGINS);
  }

  int sizeBytes(int number) {
    return sizes[number];
  }

  /** Returns the numbers of the kernel's own events, ascending. */
  List<Integer> kernelEvents() {
    return bodies.pinned();
  }

  /** Returns an event with all its bytes, null when only the store has it. */
  @Nullable Event body(int number) {
    return bodies.get(number);
  }

  void keepBody(int number, Event event) {
    bodies.put(number, event);
  }

  /** Returns the long-term key of a principal's number. */
  PublicKey keyOfPrincipal(int principal) {
    return principalKeys.get(principal);
  }

  /** Returns the long-term key that an event counts for. */
  PublicKey principalKey(int number) {
    return principalKeys.get(principals[number]);
  }

  /** Returns the number of a principal, from 0, which means something only here. */
  int principal(PublicKey key) {
    Integer known = principalNumbers.get(key);
    if (known != null) {
      return known;
    }
    principalNumbers.put(key, principalKeys.size());
    principalKeys.add(key);
    return principalKeys.size() - 1;
  }

  /** Returns the number of an event's principal. */
  int principalOf(int number) {
    return principals[number];
  }

  /** Says to which branch of its chain an event was added, as its last one. */
  void place(int number, Branch branch) {
    branches[number] = branch;
    indexes[number] = branch.size() - 1;
  }

  Branch branch(int number) {
    return branches[number];
  }

  long seq(int number) {
    return branches[number].firstSeq + indexes[number];
  }

  int prev(int number) {
    return (kinds[number] & BEGINS) == 0 ? cited[citedFrom[number]] : NONE;
  }

  int[] parents(int number) {
    return Arrays.copyOfRange(cited, citedFrom[number], citedFrom[number + 1]);
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
      int child = work.pop();
      for (int i = citedFrom[child]; i < citedFrom[child + 1]; i++) {
        int parent = cited[i];
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
    if (!building) {
      order.keep(number, kept);
    }
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
    if (building) {
      return;
    }
    if (isKept(number) && !isCovered(number)) {
      LogEntry entry = entry(number);
      heads.put(entry.id(), entry);
    } else {
      heads.remove(id(number));
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
      hold(at, true);
      for (int i = citedFrom[at]; i < citedFrom[at + 1]; i++) {
        int parent = cited[i];
        boolean was = isHeld(parent);
        heldChildren[parent]++;
        if (!was) {
          work.push(parent);
        }
      }
    }
  }

  private void hold(int number, boolean isHeld) {
    if (!building) {
      order.hold(number, isHeld);
    }
  }

  private void noLongerHeld(int number) {
    work.push(number);
    while (!work.isEmpty()) {
      int at = work.pop();
      hold(at, false);
      for (int i = citedFrom[at]; i < citedFrom[at + 1]; i++) {
        int parent = cited[i];
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
      int child = work.pop();
      for (int i = citedFrom[child]; i < citedFrom[child + 1]; i++) {
        int parent = cited[i];
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

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.ReadSet;

/**
 * The events that have a verdict, in order; while a rerun is under way, those up to where it is.
 * Counts are over all of them, those that the rerun has ahead too.
 *
 * <p>Only the last ones are in memory, the <em>tail</em>; what is before it is in the store, and is
 * read when a rerun goes back that far. What changed and was not drained yet stays in memory.
 */
final class History {
  private final int window;
  private List<Applied> tail = new ArrayList<>();

  /** What was the tail before a rerun ended with more behind it than is in memory. */
  private List<Applied> parked = new ArrayList<>();

  /** How many events are before the tail. */
  private int before;

  /** All events before the tail are before this place, too; null when all events there are. */
  private @Nullable Place edge;

  /** The last event while the tail is empty and others are before it. */
  private @Nullable Place lastUnread;

  // Looked up, never iterated: the order of a hash map differs between stacks.
  private final Map<EventId, Applied> byId = new HashMap<>();
  private final TreeMap<PublicKey, Place> firsts = new TreeMap<>();
  private final TreeSet<PublicKey> withoutFirst = new TreeSet<>();

  /** By key, the events of it that asked whether it forked, and what they were told. */
  private final TreeMap<PublicKey, TreeMap<Place, ReadSet.Asked>> asked = new TreeMap<>();

  /** What the store does not have yet: new results, and nothing for an event that has none now. */
  private SortedMap<Place, Optional<Applied>> changed = new TreeMap<>();

  private int known;
  private long accepted;
  private long rejected;

  /** Keeps about so many events in memory, and up to twice as many. */
  History(int window) {
    this.window = window;
  }

  int window() {
    return window;
  }

  /** Returns how many records are read of the store at once. */
  int atOnce() {
    return Math.min(Limits.READ_EVENTS, window);
  }

  int size() {
    return before + tail.size();
  }

  /** Returns the events in memory, the last ones. */
  List<Applied> tail() {
    return tail;
  }

  /** Returns where the last event stands, null if there is none. */
  @Nullable Place lastPlace() {
    if (!tail.isEmpty()) {
      return tail.getLast().place();
    }
    return before == 0 ? null : lastUnread;
  }

  /** Returns the verdict of an event that is in memory. */
  @Nullable Verdict verdict(EventId id) {
    Applied found = byId.get(id);
    return found == null ? null : found.run().verdict();
  }

  int known() {
    return known;
  }

  long accepted() {
    return accepted;
  }

  long rejected() {
    return rejected;
  }

  /** Returns what changed since the last call: the results, nothing for events without one. */
  SortedMap<Place, Optional<Applied>> takeChanged() {
    SortedMap<Place, Optional<Applied>> taken = changed;
    changed = new TreeMap<>();
    return taken;
  }

  boolean isStored(Place place) {
    return !changed.containsKey(place);
  }

  // ---- the list

  /** Moves an event back from what a rerun has ahead; nothing else changes. */
  void append(Applied unchanged) {
    if (tail.isEmpty()) {
      edge = unchanged.place();
    }
    tail.add(unchanged);
  }

  /** Moves events back that are not in memory, after which the last one stands at a place. */
  void appendUnread(int count, Place last) {
    parked.addAll(tail);
    before += tail.size() + count;
    tail = new ArrayList<>();
    edge = null;
    lastUnread = last;
  }

  /** Whether the last event has to be read before it can be taken. */
  boolean isLastUnread() {
    return tail.isEmpty() && before > 0;
  }

  /** Takes the last event away. */
  Applied removeLast() {
    return tail.removeLast();
  }

  /**
   * Lets go of events that are in memory and need not be. What was entered since the last time is
   * there until then.
   */
  void trim() {
    parked.forEach(this::forget);
    parked = new ArrayList<>();
    if (tail.size() <= 2L * window) {
      return;
    }
    int gone = 0;
    while (tail.size() - gone > window && isStored(tail.get(gone).place())) {
      forget(tail.get(gone));
      gone++;
    }
    before += gone;
    tail = new ArrayList<>(tail.subList(gone, tail.size()));
    edge = tail.getFirst().place();
  }

  /** An event is not looked up any more, since its result is not in memory. */
  void forget(Applied one) {
    byId.remove(one.id());
  }

  /** An event's result is in memory. */
  void know(Applied one) {
    byId.put(one.id(), one);
  }

  /** Returns what is to be read of the store, so that the events before the tail come back. */
  List<Bytes> unread(KeptOrder log) {
    Place end = edge;
    int to = end == null ? log.size() : log.validBefore(end);
    List<Bytes> keys = new ArrayList<>();
    for (int i = Math.max(0, to - atOnce()); i < to; i++) {
      keys.add(ReplayRecords.key(log.topic(), log.validAt(i)));
    }
    return keys;
  }

  /**
   * Takes what was read, in order.
   *
   * @param from the place of the first record that was asked for
   */
  void read(Place from, List<Applied> found) {
    tail.addAll(0, found);
    found.forEach(this::know);
    before -= found.size();
    edge = from;
  }

  // ---- what is known of the events

  /**
   * Takes a new result for the event that comes next.
   *
   * @param instead the result that it had, if any
   */
  void enter(Applied next, @Nullable Applied instead) {
    if (instead != null) {
      count(instead, -1);
    }
    know(next);
    count(next, 1);
    append(next);
    changed.put(next.place(), Optional.of(next));
  }

  /** Takes the stored result of the event that comes next. */
  void restore(Applied next) {
    know(next);
    count(next, 1);
    append(next);
    trim();
  }

  /** Forgets an event that is no longer kept. */
  void leave(Applied gone) {
    byId.remove(gone.id());
    count(gone, -1);
    changed.put(gone.place(), Optional.empty());
    PublicKey principal = gone.entry().principal();
    if (gone.place().equals(firsts.get(principal))) {
      firsts.remove(principal);
      withoutFirst.add(principal);
    }
  }

  private void count(Applied one, int by) {
    ReadSet.Asked told = one.run().reads().forked();
    if (told != ReadSet.Asked.NEVER) {
      note(one.entry(), told, by);
    }
    count(one.run().verdict().kind(), by);
  }

  /** Counts one more verdict, or one less. */
  void count(Verdict.Kind kind, int by) {
    known += by;
    switch (kind) {
      case ACCEPTED -> accepted += by;
      case REJECTED, TRAPPED, OUT_OF_FUEL -> rejected += by;
      case NOT_APPLIED -> {}
    }
  }

  /** Takes note of an event that asked whether its key forked, or forgets it. */
  void note(LogEntry entry, ReadSet.Asked told, int by) {
    TreeMap<Place, ReadSet.Asked> places =
        asked.computeIfAbsent(entry.signer(), any -> new TreeMap<>());
    if (by > 0) {
      places.put(entry.place(), told);
    } else {
      places.remove(entry.place());
    }
  }

  /** Returns the events of a key that asked whether it forked, in order, and their answers. */
  SortedMap<Place, ReadSet.Asked> asked(PublicKey key) {
    SortedMap<Place, ReadSet.Asked> places = asked.get(key);
    return places == null ? new TreeMap<>() : new TreeMap<>(places);
  }

  // ---- firsts

  /**
   * Whether an event is the first of its principal that goes to the app, told in canonical order.
   */
  boolean isFirst(LogEntry entry) {
    Place first = firsts.get(entry.principal());
    return first == null || entry.place().compareTo(first) <= 0;
  }

  /** Whether one more event of a principal, at the end, would be their first. */
  boolean firstWouldBe(PublicKey principal) {
    return !firsts.containsKey(principal);
  }

  /**
   * Takes note of an event that goes to the app.
   *
   * @return the event that was its principal's first until now, when this one comes before it
   */
  @Nullable Place delivered(LogEntry entry) {
    if (!isFirst(entry)) {
      return null;
    }
    withoutFirst.remove(entry.principal());
    Place before = firsts.put(entry.principal(), entry.place());
    return entry.place().equals(before) ? null : before;
  }

  /** Whether some principal's first event went and the next of theirs is still to be found. */
  boolean seeksFirst() {
    return !withoutFirst.isEmpty();
  }

  /** At the end of the order: whoever has no first event yet has none. */
  void noMoreFirsts() {
    withoutFirst.clear();
  }
}

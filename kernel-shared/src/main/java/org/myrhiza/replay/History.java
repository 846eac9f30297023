// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.ReadSet;

/**
 * The events that have a verdict, in order; while a rerun is under way, those up to where it is.
 * Counts and look-up are over all of them, those that the rerun has ahead too.
 */
final class History {
  private final List<Applied> done = new ArrayList<>();
  // Looked up, never iterated: the order of a hash map differs between stacks.
  private final Map<EventId, Applied> byId = new HashMap<>();
  private final TreeMap<PublicKey, Place> firsts = new TreeMap<>();
  private final TreeSet<PublicKey> withoutFirst = new TreeSet<>();

  /** By key, the events of it that asked whether it forked. */
  private final TreeMap<PublicKey, TreeSet<Place>> asked = new TreeMap<>();

  /** Places whose stored record no longer says what is true. */
  private TreeSet<Place> changed = new TreeSet<>();

  private long accepted;
  private long rejected;

  int size() {
    return done.size();
  }

  Applied get(int position) {
    return done.get(position);
  }

  @Nullable Applied last() {
    return done.isEmpty() ? null : done.getLast();
  }

  @Nullable Verdict verdict(EventId id) {
    Applied found = byId.get(id);
    return found == null || found.run() == null ? null : found.run().verdict();
  }

  @Nullable Applied find(EventId id) {
    return byId.get(id);
  }

  int known() {
    return byId.size();
  }

  long accepted() {
    return accepted;
  }

  long rejected() {
    return rejected;
  }

  SortedSet<Place> takeChanged() {
    SortedSet<Place> taken = changed;
    changed = new TreeSet<>();
    return taken;
  }

  // ---- the list

  /** Moves an event to or from what a rerun has ahead; nothing else changes. */
  void append(Applied unchanged) {
    done.add(unchanged);
  }

  Applied removeLast() {
    return done.removeLast();
  }

  // ---- what is known of the events

  /** Takes a new result for the event that comes next. */
  void enter(Applied next) {
    register(next);
    done.add(next);
    changed.add(next.place());
  }

  void register(Applied next) {
    Applied before = byId.put(next.entry().id(), next);
    if (before != null) {
      count(before, -1);
    }
    count(next, 1);
  }

  /** Forgets an event that is no longer kept. */
  void leave(Applied gone) {
    byId.remove(gone.entry().id());
    count(gone, -1);
    changed.add(gone.place());
    PublicKey principal = gone.entry().principal();
    if (gone.place().equals(firsts.get(principal))) {
      firsts.remove(principal);
      withoutFirst.add(principal);
    }
  }

  private void count(Applied one, int by) {
    Run run = one.run();
    if (run == null) {
      return;
    }
    if (run.reads().forked() != ReadSet.Asked.NEVER) {
      TreeSet<Place> places = asked.computeIfAbsent(one.entry().signer(), any -> new TreeSet<>());
      if (by > 0) {
        places.add(one.place());
      } else {
        places.remove(one.place());
      }
    }
    switch (run.verdict().kind()) {
      case ACCEPTED -> accepted += by;
      case REJECTED, TRAPPED, OUT_OF_FUEL -> rejected += by;
      case NOT_APPLIED -> {}
    }
  }

  /** Returns the events of a key that asked whether it forked, in order. */
  List<Place> asked(PublicKey key) {
    SortedSet<Place> places = asked.get(key);
    return places == null ? List.of() : List.copyOf(places);
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

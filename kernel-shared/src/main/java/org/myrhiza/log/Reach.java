// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;

/** What peers tell and ask each other about the ends of their chains. */
final class Reach {
  /** Bounds of one page. */
  record Bounds(int maxEvents, long maxBytes) {}

  private Reach() {}

  static Frontier frontier(Log log, Frontier remote) {
    List<Tip> tips = new ArrayList<>();
    for (Chain chain : log.chains()) {
      if (tips.size() + Limits.FRONTIER_TIPS_OF_KEY > Limits.FRONTIER_TIPS) {
        break;
      }
      if (!hidesBranch(log, chain, remote.of(chain.key()))) {
        chain.listTips(tips);
      }
    }
    return new Frontier(tips);
  }

  /**
   * Returns whether a peer with these tips of a chain holds a branch that is not here, while all it
   * holds of the chain is shorter than what is.
   */
  private static boolean hidesBranch(Log log, Chain chain, List<Tip> tips) {
    long greatest = chain.greatestSeq();
    boolean unknown = false;
    for (Tip tip : tips) {
      if (tip.seq() > greatest) {
        return false;
      }
      unknown |= !log.contains(tip.id());
    }
    return unknown;
  }

  static Page withPast(Log log, List<EventId> wanted, Frontier remote, Bounds bounds) {
    Diff held = log.diff(remote);
    TreeMap<Place, LogEntry> found = new TreeMap<>();
    ArrayDeque<EventId> next = new ArrayDeque<>(wanted);
    while (!next.isEmpty() && found.size() < Limits.PAST_EVENTS) {
      LogEntry entry = log.get(next.removeFirst());
      if (entry == null || found.containsKey(entry.place())) {
        continue;
      }
      found.put(entry.place(), entry);
      for (EventId parent : entry.event().header().parents()) {
        if (!held.holds(log.entry(parent))) {
          next.add(parent);
        }
      }
    }
    return cut(found, bounds);
  }

  private static Page cut(SortedMap<Place, LogEntry> found, Bounds bounds) {
    List<Event> events = new ArrayList<>();
    long bytes = 0;
    for (LogEntry entry : found.values()) {
      bytes += entry.sizeBytes();
      boolean full = events.size() == bounds.maxEvents() || bytes > bounds.maxBytes();
      if (full && !events.isEmpty()) {
        return new Page(events, true);
      }
      events.add(entry.event());
    }
    return new Page(events, false);
  }
}

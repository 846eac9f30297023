// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    long greatest = chain.greatestHeldSeq();
    boolean unknown = false;
    for (Tip tip : tips) {
      if (tip.seq() > greatest) {
        return false;
      }
      unknown |= !log.contains(tip.id());
    }
    return unknown;
  }

  static Page withPast(Graph graph, List<EventId> wanted, Diff held, Bounds bounds) {
    TreeMap<Place, LogEntry> found = new TreeMap<>();
    Numbers next = new Numbers();
    for (EventId id : wanted) {
      int number = graph.find(id);
      if (number != Graph.NONE && graph.isHeld(number)) {
        next.push(number);
      }
    }
    while (!next.isEmpty() && found.size() < Limits.PAST_EVENTS) {
      int number = next.pop();
      LogEntry entry = graph.entry(number);
      if (found.putIfAbsent(entry.place(), entry) == null) {
        for (int parent : graph.parents(number)) {
          if (!held.holds(parent)) {
            next.push(parent);
          }
        }
      }
    }
    return cut(found.values(), bounds);
  }

  /** Returns as many of the first events as the bounds allow, at least one. */
  static Page cut(Collection<LogEntry> found, Bounds bounds) {
    List<Event> events = new ArrayList<>();
    long bytes = 0;
    for (LogEntry entry : found) {
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

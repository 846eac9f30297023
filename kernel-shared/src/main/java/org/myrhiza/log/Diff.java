// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * What one peer lacks, served page by page in canonical order, so that parents always come before
 * children. Nothing is served twice. Events that become valid meanwhile are served when they stand
 * after what was served last; others reach the peer as live events or with its next pull.
 *
 * <p>A page costs in proportion to its events and to the chains, not to the log.
 */
public final class Diff {
  private final Log log;
  private final Frontier remote;
  private final TreeMap<PublicKey, Cover> covers = new TreeMap<>();
  private @Nullable Place last;

  Diff(Log log, Frontier remote) {
    this.log = log;
    this.remote = remote;
  }

  /**
   * Returns the next events: at least one if any is lacking, else within both bounds.
   *
   * @param maxEvents above 0
   * @param maxBytes about how many bytes
   */
  public Page next(int maxEvents, long maxBytes) {
    TreeMap<Place, Cover> next = new TreeMap<>();
    for (Chain chain : log.chains()) {
      Cover cover = coverOf(chain);
      cover.walkFrom(last);
      enqueue(next, cover);
    }
    List<Event> events = new ArrayList<>();
    long bytes = 0;
    while (!next.isEmpty() && events.size() < maxEvents) {
      Map.Entry<Place, Cover> first = next.firstEntry();
      Place place = first.getKey();
      LogEntry entry = log.entry(place.id());
      bytes += entry.sizeBytes();
      if (bytes > maxBytes && !events.isEmpty()) {
        break;
      }
      next.remove(place);
      events.add(entry.event());
      last = place;
      first.getValue().advance();
      enqueue(next, first.getValue());
    }
    return new Page(events, !next.isEmpty());
  }

  private static void enqueue(Map<Place, Cover> next, Cover cover) {
    LogEntry entry = cover.peek();
    if (entry != null) {
      next.put(entry.place(), cover);
    }
  }

  private Cover coverOf(Chain chain) {
    return covers.computeIfAbsent(chain.key(), key -> Cover.of(log, chain, remote));
  }

  /** Returns whether the peer holds an entry, as far as its frontier says. */
  boolean holds(LogEntry entry) {
    Chain chain = log.chain(entry.signer());
    return chain != null && coverOf(chain).holds(entry);
  }

  /** Returns how many events are still to be served, as the log is now. */
  public long remaining() {
    long count = 0;
    for (Chain chain : log.chains()) {
      Cover cover = coverOf(chain);
      cover.walkFrom(last);
      count += cover.remaining();
    }
    return count;
  }
}

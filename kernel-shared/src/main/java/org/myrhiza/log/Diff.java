// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * What one peer lacks of the held events, served page by page in canonical order, so that parents
 * always come before children. Nothing is served twice. Events that become valid meanwhile are
 * served when they stand after what was served last; others reach the peer as live events or with
 * its next pull.
 *
 * <p>A page costs in proportion to its events and to the chains, not to the log.
 */
public final class Diff {
  private final Graph graph;
  private final Iterable<Chain> chains;
  private final Frontier remote;
  private final TreeMap<PublicKey, Cover> covers = new TreeMap<>();
  private final @Nullable Place end;
  private @Nullable Place last;

  Diff(Graph graph, Iterable<Chain> chains, Frontier remote, Range range) {
    this.graph = graph;
    this.chains = chains;
    this.remote = remote;
    this.last = range.after().orElse(null);
    this.end = range.upTo().orElse(null);
  }

  /** Returns where the last page ended; before the first one, where it begins, if anywhere. */
  public Optional<Place> last() {
    return Optional.ofNullable(last);
  }

  /**
   * Returns the next events: at least one if any is lacking, else within both bounds.
   *
   * @param maxEvents above 0
   * @param maxBytes about how many bytes
   */
  public Page next(int maxEvents, long maxBytes) {
    TreeMap<Place, Cover.Walk> next = new TreeMap<>();
    for (Chain chain : chains) {
      for (Cover.Walk walk : coverOf(chain).walksFrom(last)) {
        enqueue(next, walk);
      }
    }
    List<LogEntry> entries = new ArrayList<>();
    long bytes = 0;
    while (!next.isEmpty() && entries.size() < maxEvents) {
      Map.Entry<Place, Cover.Walk> first = next.firstEntry();
      LogEntry entry = graph.entry(graph.number(first.getKey().id()));
      bytes += entry.sizeBytes();
      if (bytes > maxBytes && !entries.isEmpty()) {
        break;
      }
      entries.add(entry);
      last = first.getKey();
      next.remove(first.getKey());
      first.getValue().advance();
      enqueue(next, first.getValue());
    }
    return new Page(entries, !next.isEmpty());
  }

  private void enqueue(Map<Place, Cover.Walk> next, Cover.Walk walk) {
    Place place = walk.peek();
    if (place != null && (end == null || place.compareTo(end) <= 0)) {
      next.put(place, walk);
    }
  }

  private Cover coverOf(Chain chain) {
    return covers.computeIfAbsent(chain.key(), key -> Cover.of(graph, chain, remote));
  }

  /** Returns how many events are still to be served to the end of the log, as it is now. */
  public long remaining() {
    long count = 0;
    for (Chain chain : chains) {
      for (Cover.Walk walk : coverOf(chain).walksFrom(last)) {
        count += walk.remaining();
      }
    }
    return count;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Clock;
import org.myrhiza.event.EventId;

/**
 * Events that wait for parents. Each is accounted to the link that sent it, and a link that sends
 * too many loses the least useful of its own: the one with the latest clock, since what it waits
 * for is likeliest to be waiting too. What is evicted is not lost: it comes again with the next
 * pull, in order.
 */
final class Pending {
  private static final class Waiting {
    final Candidate candidate;
    final Source source;
    int missing;

    Waiting(Candidate candidate, Source source, int missing) {
      this.candidate = candidate;
      this.source = source;
      this.missing = missing;
    }

    Rank rank() {
      return new Rank(candidate.event().header().clock(), candidate.id());
    }

    int sizeBytes() {
      return Sizes.of(candidate.event());
    }
  }

  private record Rank(Clock clock, EventId id) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      int order = clock.compareTo(other.clock);
      return order == 0 ? id.compareTo(other.id) : order;
    }
  }

  private static final class Share {
    final TreeSet<Rank> ranks = new TreeSet<>();
    long bytes;
  }

  /** A waiting event that may be valid now, with the link that sent it. */
  record Ready(Candidate candidate, Source source) {}

  private final int maxEvents;
  private final long maxBytes;
  private final TreeMap<EventId, Waiting> waiting = new TreeMap<>();
  private final TreeMap<EventId, List<EventId>> waitersByParent = new TreeMap<>();
  private final TreeMap<Source, Share> shares = new TreeMap<>();

  Pending(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  int size() {
    return waiting.size();
  }

  int size(Source source) {
    Share share = shares.get(source);
    return share == null ? 0 : share.ranks.size();
  }

  boolean contains(EventId id) {
    return waiting.containsKey(id);
  }

  /**
   * Keeps an event until its parents are valid.
   *
   * @param missing its parents that are not valid, at least one
   * @return what its link lost for it, perhaps the event itself
   */
  List<Charge> add(Candidate candidate, Source source, List<EventId> missing) {
    Waiting added = new Waiting(candidate, source, missing.size());
    waiting.put(candidate.id(), added);
    for (EventId parent : missing) {
      waitersByParent.computeIfAbsent(parent, any -> new ArrayList<>()).add(candidate.id());
    }
    Share share = shares.computeIfAbsent(source, any -> new Share());
    share.ranks.add(added.rank());
    share.bytes += added.sizeBytes();
    List<Charge> evicted = new ArrayList<>();
    while (share.ranks.size() > maxEvents || share.bytes > maxBytes) {
      EventId last = share.ranks.last().id();
      evicted.add(new Charge(source, last, full(share)));
      remove(last);
    }
    return evicted;
  }

  private Refusal full(Share share) {
    return new Refusal(
        "events of one link that wait for their past",
        share.ranks.size() + " events, " + share.bytes + " bytes",
        maxEvents + " events, " + maxBytes + " bytes");
  }

  private @Nullable Waiting remove(EventId id) {
    Waiting gone = waiting.remove(id);
    if (gone == null) {
      return null;
    }
    for (EventId parent : gone.candidate.event().header().parents()) {
      List<EventId> waiters = waitersByParent.get(parent);
      if (waiters != null) {
        waiters.remove(id);
        if (waiters.isEmpty()) {
          waitersByParent.remove(parent);
        }
      }
    }
    Share share = shares.get(gone.source);
    if (share != null) {
      share.ranks.remove(gone.rank());
      share.bytes -= gone.sizeBytes();
      if (share.ranks.isEmpty()) {
        shares.remove(gone.source);
      }
    }
    return gone;
  }

  /** Says that an event became valid and takes out those that waited for nothing else. */
  List<Ready> placed(EventId id) {
    List<EventId> waiters = waitersByParent.remove(id);
    if (waiters == null) {
      return List.of();
    }
    List<Ready> ready = new ArrayList<>();
    for (EventId waiter : waiters) {
      Waiting found = waiting.get(waiter);
      if (found != null && --found.missing == 0) {
        remove(waiter);
        ready.add(new Ready(found.candidate, found.source));
      }
    }
    return ready;
  }

  /** Says that an event can never be valid and drops all that waited for it, near and far. */
  List<Charge> never(EventId id, Refusal why) {
    List<Charge> charges = new ArrayList<>();
    ArrayDeque<EventId> lost = new ArrayDeque<>();
    lost.add(id);
    while (!lost.isEmpty()) {
      List<EventId> waiters = waitersByParent.get(lost.removeFirst());
      for (EventId waiter : waiters == null ? List.<EventId>of() : List.copyOf(waiters)) {
        Waiting gone = remove(waiter);
        if (gone != null) {
          charges.add(new Charge(gone.source, waiter, why));
          lost.add(waiter);
        }
      }
    }
    return charges;
  }

  /** Drops everything that one link sent. */
  void forget(Source source) {
    Share share = shares.get(source);
    if (share != null) {
      for (Rank rank : List.copyOf(share.ranks)) {
        remove(rank.id());
      }
    }
  }

  /** Returns parents that are waited for and are not waiting themselves, ascending. */
  List<EventId> missing(int max) {
    List<EventId> missing = new ArrayList<>();
    for (EventId parent : waitersByParent.keySet()) {
      if (missing.size() < max && !waiting.containsKey(parent)) {
        missing.add(parent);
      }
    }
    return missing;
  }

  /** Returns those of the missing parents that one link's events wait for, ascending. */
  List<EventId> missing(Source source, int max, Predicate<EventId> valid) {
    Share share = shares.get(source);
    TreeSet<EventId> missing = new TreeSet<>();
    for (Rank rank : share == null ? new TreeSet<Rank>() : share.ranks) {
      Waiting found = waiting.get(rank.id());
      if (found == null) {
        continue;
      }
      for (EventId parent : found.candidate.event().header().parents()) {
        if (missing.size() < max && !waiting.containsKey(parent) && !valid.test(parent)) {
          missing.add(parent);
        }
      }
    }
    return List.copyOf(missing);
  }
}

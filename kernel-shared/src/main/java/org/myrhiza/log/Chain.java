// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * All valid events of one chain key in a topic.
 *
 * <p>The <em>trunk</em> is the branch that was known first, without a gap from seq 1; everything
 * else is a <em>branch</em>, and proves a fork. Which one is the trunk depends on arrival and shows
 * nowhere; {@link #forkedFrom()} does not.
 */
public final class Chain {
  private static final long NONE = Long.MAX_VALUE;

  private final PublicKey key;
  private final List<LogEntry> trunk = new ArrayList<>();
  private final List<LogEntry> branches = new ArrayList<>();
  private final TreeMap<Place, LogEntry> tips = new TreeMap<>();
  private long forkedFrom = NONE;
  private @Nullable ForkProof proof;

  Chain(PublicKey key) {
    this.key = key;
  }

  /** Adds a valid event whose previous one, if it has one, is in the chain. */
  void add(LogEntry entry, @Nullable LogEntry prev) {
    if (prev != null) {
      tips.remove(prev.place());
    }
    tips.put(entry.place(), entry);
    boolean extendsTrunk = trunk.isEmpty() ? prev == null : trunk.getLast().sameAs(prev);
    if (extendsTrunk) {
      trunk.add(entry);
      return;
    }
    branches.add(after(branches, entry.place()), entry);
    if (entry.seq() <= trunk.size() && entry.seq() < forkedFrom) {
      forkedFrom = entry.seq();
      proof = proof(trunk.get((int) entry.seq() - 1).event(), entry.event());
    }
  }

  private static ForkProof proof(Event one, Event other) {
    return one.id().compareTo(other.id()) < 0
        ? new ForkProof(one.header(), one.signature(), other.header(), other.signature())
        : new ForkProof(other.header(), other.signature(), one.header(), one.signature());
  }

  /** Returns the index of the first entry that stands after a place, in a list in order. */
  static int after(List<LogEntry> entries, Place place) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).place().compareTo(place) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the chain key. */
  public PublicKey key() {
    return key;
  }

  /** Returns how many valid events the key signed, all branches together. */
  public int length() {
    return trunk.size() + branches.size();
  }

  /** Returns whether two events with one seq are known. */
  public boolean forked() {
    return forkedFrom != NONE;
  }

  /** Returns the least seq at which two different events are known ({@code s0}). */
  public Optional<Long> forkedFrom() {
    return forked() ? Optional.of(forkedFrom) : Optional.empty();
  }

  /** Returns two headers and signatures that prove the fork to anybody. */
  public Optional<ForkProof> proof() {
    return Optional.ofNullable(proof);
  }

  /** Returns the events of the chain that none of its events follows, in canonical order. */
  public List<LogEntry> tips() {
    return List.copyOf(tips.values());
  }

  /** Returns the last event of the trunk, which is the only tip unless the key forked. */
  LogEntry last() {
    return trunk.getLast();
  }

  /** Returns the greatest seq of any branch. */
  long greatestSeq() {
    long greatest = trunk.size();
    for (LogEntry tip : tips.values()) {
      greatest = Math.max(greatest, tip.seq());
    }
    return greatest;
  }

  List<LogEntry> trunk() {
    return trunk;
  }

  List<LogEntry> branches() {
    return branches;
  }

  /** Appends at most 16 tips to a frontier's, ascending: the deepest ones. */
  void listTips(List<Tip> into) {
    List<Tip> listed = new ArrayList<>();
    for (LogEntry tip : tips.descendingMap().values()) {
      if (listed.size() == Limits.FRONTIER_TIPS_OF_KEY) {
        break;
      }
      listed.add(new Tip(key, tip.seq(), tip.id()));
    }
    listed.sort(null);
    into.addAll(listed);
  }
}

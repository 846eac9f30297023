// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * One space at an earlier place: other values laid over the latest ones, and, for the keys in which
 * two runs of the order differ there, what the other run has.
 */
final class Layer implements Base {
  private final StateSpace below;
  private final TreeMap<Bytes, Optional<Bytes>> over = new TreeMap<>();
  private final TreeMap<Bytes, Optional<Bytes>> differing = new TreeMap<>();
  private long entries;
  private long bytes;

  Layer(StateSpace below) {
    this.below = below;
    entries = below.entries();
    bytes = below.bytes();
  }

  @Override
  public @Nullable Bytes get(Bytes key) {
    Optional<Bytes> own = over.get(key);
    return own == null ? below.get(key) : own.orElse(null);
  }

  @Override
  public boolean misses() {
    return below.misses();
  }

  @Override
  public boolean missesMuch() {
    return below.missesMuch();
  }

  /** Whether what a key has is in memory; if not, it is noted. */
  boolean has(Bytes key) {
    return over.containsKey(key) || below.has(key);
  }

  /** Returns what a key has, which must be in memory. */
  @Nullable Bytes held(Bytes key) {
    Optional<Bytes> own = over.get(key);
    return own == null ? below.held(key) : own.orElse(null);
  }

  @Override
  public int valueSize(Bytes key) {
    Optional<Bytes> own = over.get(key);
    return own == null ? below.valueSize(key) : own.map(Bytes::size).orElse(ABSENT);
  }

  @Override
  public Entries from(Bytes start, @Nullable Bytes end) {
    return new Merged(below.from(start, end), between(over, start, end));
  }

  static SortedMap<Bytes, Optional<Bytes>> between(
      SortedMap<Bytes, Optional<Bytes>> all, Bytes start, @Nullable Bytes end) {
    return end == null ? all.tailMap(start) : all.subMap(start, end);
  }

  @Override
  public long entries() {
    return entries;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /** Sets or, with null, removes a key and returns what it had, which must be in memory. */
  @Nullable Bytes set(Bytes key, @Nullable Bytes value) {
    Optional<Bytes> covered = over.put(key, Optional.ofNullable(value));
    Bytes before = covered == null ? below.held(key) : covered.orElse(null);
    if (before != null) {
      entries--;
      bytes -= (long) key.size() + before.size();
    }
    if (value != null) {
      entries++;
      bytes += (long) key.size() + value.size();
    }
    return before;
  }

  /** Sets a key in this run only and returns what it had. */
  @Nullable Bytes run(Bytes key, @Nullable Bytes value) {
    Optional<Bytes> other = differing.get(key);
    Bytes before = set(key, value);
    compare(key, value, other == null ? before : other.orElse(null));
    return before;
  }

  /** Sets a key in the other run only. */
  void other(Bytes key, @Nullable Bytes value) {
    compare(key, held(key), value);
  }

  private void compare(Bytes key, @Nullable Bytes here, @Nullable Bytes there) {
    if (Objects.equals(here, there)) {
      differing.remove(key);
    } else {
      differing.put(key, Optional.ofNullable(there));
    }
  }

  /** Says that both runs have the same value for a key; returns whether they differed before. */
  boolean same(Bytes key) {
    return differing.remove(key) != null;
  }

  boolean differs() {
    return !differing.isEmpty();
  }

  int differences() {
    return differing.size();
  }

  boolean differsIn(Bytes key) {
    return differing.containsKey(key);
  }

  boolean differsIn(Reads.Interval interval) {
    Bytes first = differing.ceilingKey(interval.start());
    return first != null && interval.covers(first);
  }

  /** Calls with each differing key, ascending, and what the other run has. */
  void eachDifference(BiConsumer<Bytes, @Nullable Bytes> found) {
    for (Map.Entry<Bytes, Optional<Bytes>> entry : differing.entrySet()) {
      found.accept(entry.getKey(), entry.getValue().orElse(null));
    }
  }

  /** Takes this run for the only one. */
  void forget() {
    differing.clear();
  }
}

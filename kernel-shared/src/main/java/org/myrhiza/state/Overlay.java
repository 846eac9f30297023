// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * The state as one apply sees it: the space below, and over it the apply's own writes, which reach
 * the space all together or not at all.
 *
 * <p>Every limit is counted per call, in the order of the calls, and so is the same on every
 * engine. A call past a limit ends the matter: the overlay answers nothing more and can no longer
 * be committed, whatever the guest does then.
 */
public final class Overlay implements StateReader, StateWriter {
  private final StateSpace base;
  private final Quota quota;
  private final TreeMap<Bytes, Optional<Bytes>> written = new TreeMap<>();
  private final Reads reads = new Reads();
  private int writes;
  private int writtenBytes;
  private long entries;
  private long bytes;
  private @Nullable PassedLimit passed;

  Overlay(StateSpace base, Quota quota) {
    this.base = base;
    this.quota = quota;
    this.entries = base.entries();
    this.bytes = base.bytes();
  }

  @Override
  public @Nullable Bytes get(Bytes key) {
    return keyAllowed(key) ? look(key) : null;
  }

  private @Nullable Bytes look(Bytes key) {
    Optional<Bytes> own = written.get(key);
    if (own != null) {
      return own.orElse(null);
    }
    reads.key(key);
    return base.get(key);
  }

  @Override
  public List<StateEntry> scan(Bytes start, @Nullable Bytes end, int limit) {
    if (!scanAllowed(start, end, limit)) {
      return List.of();
    }
    if (limit == 0 || (end != null && end.compareTo(start) <= 0)) {
      return List.of();
    }
    List<StateEntry> page = new ArrayList<>();
    Merge merge = new Merge(base.from(start), written.tailMap(start, true));
    StateEntry next = merge.next();
    while (next != null && page.size() < limit && (end == null || next.key().compareTo(end) < 0)) {
      page.add(next);
      next = page.size() < limit ? merge.next() : null;
    }
    if (page.size() == limit) {
      reads.interval(new Reads.Interval(start, page.getLast().key(), true));
    } else {
      reads.interval(new Reads.Interval(start, end, false));
    }
    return page;
  }

  private boolean scanAllowed(Bytes start, @Nullable Bytes end, int limit) {
    if (passed != null) {
      return false;
    }
    int longest = Math.max(start.size(), end == null ? 0 : end.size());
    if (longest > Limits.BOUND_MAX_BYTES) {
      return refuse("bytes of a scan's bound", longest, Limits.BOUND_MAX_BYTES);
    }
    if (limit < 0 || limit > Limits.SCAN_ENTRIES) {
      return refuse("entries of a scan", Integer.toUnsignedLong(limit), Limits.SCAN_ENTRIES);
    }
    return true;
  }

  @Override
  public boolean put(Bytes key, Bytes value) {
    if (!keyAllowed(key)) {
      return false;
    }
    if (value.size() > Limits.VALUE_MAX_BYTES) {
      return refuse("bytes of a value", value.size(), Limits.VALUE_MAX_BYTES);
    }
    return counted(key.size() + value.size()) && grown(key, value);
  }

  @Override
  public boolean delete(Bytes key) {
    return keyAllowed(key) && counted(key.size()) && grown(key, null);
  }

  private boolean keyAllowed(Bytes key) {
    if (passed != null) {
      return false;
    }
    if (key.size() < Limits.KEY_MIN_BYTES) {
      return refuse("bytes of a key, at least,", key.size(), Limits.KEY_MIN_BYTES);
    }
    if (key.size() > Limits.KEY_MAX_BYTES) {
      return refuse("bytes of a key", key.size(), Limits.KEY_MAX_BYTES);
    }
    return true;
  }

  private boolean counted(int size) {
    if (writes == Limits.WRITES_PER_APPLY) {
      return refuse("writes of one apply", writes + 1L, Limits.WRITES_PER_APPLY);
    }
    if (writtenBytes + size > Limits.WRITTEN_BYTES_PER_APPLY) {
      long seen = (long) writtenBytes + size;
      return refuse("bytes written by one apply", seen, Limits.WRITTEN_BYTES_PER_APPLY);
    }
    writes++;
    writtenBytes += size;
    return true;
  }

  /** Writes, unless the topic would grow past its quota. A write that does not grow it may. */
  private boolean grown(Bytes key, @Nullable Bytes value) {
    Optional<Bytes> own = written.get(key);
    Bytes old = own != null ? own.orElse(null) : base.get(key);
    long moreBytes = cost(key, value) - cost(key, old);
    int moreEntries = (value == null ? 0 : 1) - (old == null ? 0 : 1);
    if (moreBytes > 0 && bytes + moreBytes > quota.bytes()) {
      return refuse("bytes of the topic's state", bytes + moreBytes, quota.bytes());
    }
    if (moreEntries > 0 && entries + moreEntries > quota.entries()) {
      return refuse("entries of the topic's state", entries + moreEntries, quota.entries());
    }
    bytes += moreBytes;
    entries += moreEntries;
    written.put(key, Optional.ofNullable(value));
    return true;
  }

  private static long cost(Bytes key, @Nullable Bytes value) {
    return value == null ? 0 : (long) key.size() + value.size();
  }

  private boolean refuse(String what, long seen, long allowed) {
    passed = new PassedLimit(what, seen, allowed);
    return false;
  }

  @Override
  public @Nullable PassedLimit passed() {
    return passed;
  }

  /** Returns what was read of the space below so far. */
  public Reads reads() {
    return reads;
  }

  /** Returns the calls of put and delete so far. */
  public int writes() {
    return writes;
  }

  StateSpace base() {
    return base;
  }

  /** Returns the writes, ascending by key; empty means removed. */
  Map<Bytes, Optional<Bytes>> written() {
    return written;
  }

  /** The entries of the space with the apply's own writes laid over them, in key order. */
  private static final class Merge {
    private final Iterator<Map.Entry<Bytes, Bytes>> below;
    private final Iterator<Map.Entry<Bytes, Optional<Bytes>>> over;
    private Map.@Nullable Entry<Bytes, Bytes> low;
    private Map.@Nullable Entry<Bytes, Optional<Bytes>> high;

    Merge(NavigableMap<Bytes, Bytes> base, NavigableMap<Bytes, Optional<Bytes>> written) {
      below = base.entrySet().iterator();
      over = written.entrySet().iterator();
      low = step(below);
      high = step(over);
    }

    private static <T> @Nullable T step(Iterator<T> entries) {
      return entries.hasNext() ? entries.next() : null;
    }

    @Nullable StateEntry next() {
      while (low != null || high != null) {
        int order = low == null ? 1 : high == null ? -1 : low.getKey().compareTo(high.getKey());
        if (order < 0 && low != null) {
          StateEntry entry = new StateEntry(low.getKey(), low.getValue());
          low = step(below);
          return entry;
        }
        if (order == 0) {
          low = step(below);
        }
        if (high != null) {
          Bytes key = high.getKey();
          Bytes value = high.getValue().orElse(null);
          high = step(over);
          if (value != null) {
            return new StateEntry(key, value);
          }
        }
      }
      return null;
    }
  }
}

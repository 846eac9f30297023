// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * The state as one apply sees it: the space below, and over it the apply's own writes, which reach
 * the space all together or not at all.
 *
 * <p>Every limit is counted per call, in the order of the calls, and so is the same on every
 * engine. A call past a limit ends the matter: the overlay answers nothing more and can no longer
 * be committed, whatever the guest does then.
 *
 * <p>A value that is in the store only makes the outcome none: {@link #misses} says so, and the
 * apply has to run again, from its beginning, once the value was read. Until so many are wanted
 * that no more are read at once, the apply goes on as if there were none, so that what else it
 * wants is read with it.
 */
public final class Overlay implements StateReader, StateWriter {
  private static final PassedLimit MISSING =
      new PassedLimit("values that are in the store only", 1, 0);

  private final Base base;
  private final Quota quota;
  private final TreeMap<Bytes, Optional<Bytes>> written = new TreeMap<>();
  private final Reads reads;
  private final BooleanSupplier forked;
  private int writes;
  private int writtenBytes;
  private long entries;
  private long bytes;
  private @Nullable PassedLimit passed;
  private boolean misses;

  Overlay(Base base, Quota quota, int recordedReads, BooleanSupplier forked) {
    this.base = base;
    this.quota = quota;
    this.forked = forked;
    reads = new Reads(recordedReads);
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
    Bytes value = base.get(key);
    return ended() ? null : value;
  }

  /** Whether more values were wanted that are in the store only than are read at once. */
  private boolean ended() {
    misses |= base.misses();
    if (misses && base.missesMuch()) {
      passed = MISSING;
    }
    return passed != null;
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
    Entries merged = new Merged(base.from(start, end), Layer.between(written, start, end));
    while (page.size() < limit && merged.isThere()) {
      page.add(merged.entry());
      merged.next();
    }
    if (ended() || misses) {
      return List.of();
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
    int old = own != null ? own.map(Bytes::size).orElse(Base.ABSENT) : base.valueSize(key);
    int now = value == null ? Base.ABSENT : value.size();
    int moreBytes = cost(key, now) - cost(key, old);
    int moreEntries = (now == Base.ABSENT ? 0 : 1) - (old == Base.ABSENT ? 0 : 1);
    if (moreBytes > 0 && bytes + moreBytes > quota.bytes()) {
      reads.all();
      return refuse("bytes of the topic's state", bytes + moreBytes, quota.bytes());
    }
    if (moreEntries > 0 && entries + moreEntries > quota.entries()) {
      reads.all();
      return refuse("entries of the topic's state", entries + moreEntries, quota.entries());
    }
    bytes += moreBytes;
    entries += moreEntries;
    written.put(key, Optional.ofNullable(value));
    return true;
  }

  private static int cost(Bytes key, int valueSize) {
    return valueSize == Base.ABSENT ? 0 : key.size() + valueSize;
  }

  private boolean refuse(String what, long seen, long allowed) {
    passed = new PassedLimit(what, seen, allowed);
    return false;
  }

  @Override
  public @Nullable PassedLimit passed() {
    return passed;
  }

  /**
   * Returns whether a value was wanted that is in the store only. What came of the call is nothing
   * then, neither a verdict nor an answer.
   */
  public boolean misses() {
    return misses;
  }

  /** Returns what was read of the space below so far. */
  public Reads reads() {
    return reads;
  }

  /**
   * Returns whether the key of the event that is applied forked at or before it. That may change
   * later, so asking is recorded as a read.
   */
  public boolean isForked() {
    boolean answer = forked.getAsBoolean();
    reads.forked(answer);
    return answer;
  }

  /** Returns all that the outcome depends on, to be kept with the verdict. */
  public ReadSet readSet() {
    return reads.set(writes, writtenBytes);
  }

  /** Returns the writes as the values that they give the keys, ascending. */
  public Undo values() {
    List<Undo.Old> values = new ArrayList<>();
    written.forEach((key, value) -> values.add(new Undo.Old(Space.APP, key, value.orElse(null))));
    return new Undo(values);
  }

  /** Returns the calls of put and delete so far. */
  public int writes() {
    return writes;
  }

  Base base() {
    return base;
  }

  /** Returns the writes, ascending by key; empty means removed. */
  Map<Bytes, Optional<Bytes>> written() {
    return written;
  }
}

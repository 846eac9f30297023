// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;

/**
 * What one apply read of the state before it: single keys, absent ones too, and the intervals that
 * scans covered. A later replay may skip the event only while none of it changed.
 */
public final class Reads {
  /**
   * A stretch of keys that a scan looked at.
   *
   * @param start first key, included
   * @param end last bound, null for no end
   * @param endIncluded whether a key equal to {@code end} was looked at
   */
  public record Interval(Bytes start, @Nullable Bytes end, boolean endIncluded) {
    static final Codec<Interval> CODEC = Codec.of(Interval::write, Interval::read);

    /** Returns whether the key lies in the stretch. */
    public boolean covers(Bytes key) {
      if (key.compareTo(start) < 0) {
        return false;
      }
      if (end == null) {
        return true;
      }
      int order = key.compareTo(end);
      return order < 0 || (endIncluded && order == 0);
    }

    private static void write(CanonicalWriter w, Interval interval) {
      w.bytes(interval.start, Limits.BOUND_MAX_BYTES);
      w.u8(interval.end == null ? TO_THE_END : interval.endIncluded ? INCLUDED : EXCLUDED);
      if (interval.end != null) {
        w.bytes(interval.end, Limits.BOUND_MAX_BYTES);
      }
    }

    private static Interval read(CanonicalReader r) {
      Bytes start = r.bytes(Limits.BOUND_MAX_BYTES);
      int kind = r.choice(END_KINDS);
      Bytes end = kind == TO_THE_END ? null : r.bytes(Limits.BOUND_MAX_BYTES);
      return new Interval(start, end, kind == INCLUDED);
    }
  }

  private static final int TO_THE_END = 0;
  private static final int EXCLUDED = 1;
  private static final int INCLUDED = 2;
  private static final int END_KINDS = 3;

  private final TreeSet<Bytes> keys = new TreeSet<>();
  private final List<Interval> intervals = new ArrayList<>();
  private final int most;
  private boolean everything;
  private ReadSet.Asked forked = ReadSet.Asked.NEVER;
  private int bytes;

  /** Makes a record that gives up after so many keys and intervals, or 64 bytes for each. */
  Reads(int most) {
    this.most = most;
  }

  void key(Bytes key) {
    if (!everything && keys.add(key)) {
      bytes += key.size();
      bound();
    }
  }

  void interval(Interval interval) {
    if (!everything) {
      intervals.add(interval);
      Bytes end = interval.end();
      bytes += interval.start().size() + (end == null ? 0 : end.size());
      bound();
    }
  }

  private void bound() {
    if (keys.size() + intervals.size() > most || bytes > most * Limits.RECORDED_READ_BYTES) {
      all();
    }
  }

  /** Says that the outcome depends on more than is worth recording. */
  void all() {
    everything = true;
    keys.clear();
    intervals.clear();
  }

  void forked(boolean answer) {
    forked = answer ? ReadSet.Asked.FORKED : ReadSet.Asked.NOT_FORKED;
  }

  ReadSet set(int writes, int writtenBytes) {
    return new ReadSet(everything, keys(), intervals(), forked, writes, writtenBytes);
  }

  /** Returns whether a change of this key may change what the apply saw. */
  public boolean touches(Bytes key) {
    if (everything || keys.contains(key)) {
      return true;
    }
    for (Interval interval : intervals) {
      if (interval.covers(key)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the recorded keys, ascending. */
  public List<Bytes> keys() {
    return List.copyOf(keys);
  }

  /** Returns the recorded intervals, in order of the scans. */
  public List<Interval> intervals() {
    return List.copyOf(intervals);
  }

  /** Returns whether there were too many reads to record, so that all counts as read. */
  public boolean everything() {
    return everything;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

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
  }

  private final TreeSet<Bytes> keys = new TreeSet<>();
  private final List<Interval> intervals = new ArrayList<>();
  private boolean everything;

  Reads() {}

  void key(Bytes key) {
    if (!everything) {
      keys.add(key);
      bound();
    }
  }

  void interval(Interval interval) {
    if (!everything) {
      intervals.add(interval);
      bound();
    }
  }

  private void bound() {
    if (keys.size() + intervals.size() > Limits.RECORDED_READS) {
      everything = true;
      keys.clear();
      intervals.clear();
    }
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

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.event.EventId;

/**
 * The index of a log on its way to the store ({@link IndexRecords}): which rows and marks the store
 * does not have yet. Rows are written as they come, and once more when their page is full, all of
 * it as one record. What is taken at once belongs into one batch with the events that it is about.
 */
public final class LogIndex {
  private final Log log;

  /** Events whose rows are in the store. */
  private int written;

  /** Numbers of the records that hold the rows of the last page, while it is not full. */
  private List<Integer> parts = new ArrayList<>();

  private final BitSet changed = new BitSet();

  /** What an earlier index has in the store under other numbers. */
  private List<Bytes> stale = new ArrayList<>();

  LogIndex(Log log) {
    this.log = log;
  }

  /**
   * A change of the store.
   *
   * @param value null to remove what is there
   */
  public record Change(Bytes key, @Nullable Bytes value) {}

  /**
   * Changes the byte that is kept for an event, in memory and with the index; of an event that is
   * not here, nothing.
   *
   * @param mask the bits to replace
   * @param bits what they become, 0 to 127 within the mask
   */
  public void mark(EventId id, int mask, int bits) {
    Graph graph = log.now().graph;
    int number = graph.find(id);
    if (number != Graph.NONE) {
      graph.mark(number, (graph.mark(number) & ~mask) | bits);
      changed.set(number / IndexRecords.PAGE_EVENTS);
    }
  }

  /** Returns whether the store lacks something of the index. */
  public boolean isBehind() {
    return written < log.size() || !changed.isEmpty() || !stale.isEmpty();
  }

  /** Returns what the store lacks, as far as is good at once. */
  public List<Change> take() {
    return take(Limits.INDEXED_AT_ONCE);
  }

  /**
   * Returns what the store lacks, with the rows of about so many events at most. While rows are
   * left over, what is in the store counts as no index.
   *
   * @param events 1 or more
   */
  public List<Change> take(int events) {
    List<Change> changes = new ArrayList<>();
    if (!isBehind()) {
      return changes;
    }
    stale.forEach(key -> changes.add(new Change(key, null)));
    stale = new ArrayList<>();
    int from = written - written % IndexRecords.PAGE_EVENTS;
    int most = Math.min(log.size(), from + events);
    while (written < most) {
      takeRows(changes, Math.min(log.size(), from + IndexRecords.PAGE_EVENTS), from);
      from += IndexRecords.PAGE_EVENTS;
    }
    int last = (log.size() - 1) / IndexRecords.PAGE_EVENTS;
    changed.set(last);
    for (int page = changed.nextSetBit(0); page >= 0; page = changed.nextSetBit(page + 1)) {
      Bytes key = IndexRecords.key(IndexRecords.MARKS, log.topic(), page);
      changes.add(new Change(key, marks(key, page)));
    }
    changed.clear();
    return changes;
  }

  /** Takes the rows of one page that are not written. */
  private void takeRows(List<Change> changes, int to, int page) {
    boolean full = to == page + IndexRecords.PAGE_EVENTS;
    int first = full ? page : written;
    if (full) {
      for (int part : parts) {
        if (part != page) {
          changes.add(new Change(rowsKey(part), null));
        }
      }
      parts = new ArrayList<>();
    } else {
      parts.add(first);
    }
    Bytes key = rowsKey(first);
    changes.add(new Change(key, IndexRecords.value(key, w -> rows(w, first, to))));
    written = to;
  }

  private Bytes rowsKey(int first) {
    return IndexRecords.key(IndexRecords.ROWS, log.topic(), first);
  }

  private void rows(CanonicalWriter w, int first, int to) {
    Graph graph = log.now().graph;
    w.u8(to - first - 1);
    int depth = 0;
    for (int number = first; number < to; number++) {
      Row.write(w, graph, number, depth);
      depth = graph.depth(number);
    }
  }

  private Bytes marks(Bytes key, int page) {
    Graph graph = log.now().graph;
    int first = page * IndexRecords.PAGE_EVENTS;
    int to = Math.min(log.size(), first + IndexRecords.PAGE_EVENTS);
    while (to > first && graph.mark(to - 1) == 0) {
      to--;
    }
    int end = to;
    return IndexRecords.value(
        key,
        w -> {
          w.u32(log.size()).u32(Integer.toUnsignedLong(graph.markSum()));
          for (int number = first; number < end; number++) {
            w.u8(graph.mark(number));
          }
        });
  }

  // ---- when numbers change

  /** Takes note that what is in the store is the index of all events, and how it is divided. */
  void loaded(List<Integer> partial) {
    written = log.size();
    parts = new ArrayList<>(partial);
    parts.removeIf(part -> part < written - written % IndexRecords.PAGE_EVENTS);
    changed.clear();
  }

  /** All events get other numbers: what is in the store goes, and everything is written anew. */
  void renumbered(int before) {
    int full = written - written % IndexRecords.PAGE_EVENTS;
    for (int page = 0; page < full; page += IndexRecords.PAGE_EVENTS) {
      stale.add(rowsKey(page));
    }
    parts.forEach(part -> stale.add(rowsKey(part)));
    for (int page = 0; page * IndexRecords.PAGE_EVENTS < before; page++) {
      stale.add(IndexRecords.key(IndexRecords.MARKS, log.topic(), page));
    }
    written = 0;
    parts = new ArrayList<>();
    changed.clear();
    changed.set(0, (log.size() + IndexRecords.PAGE_EVENTS - 1) / IndexRecords.PAGE_EVENTS);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.MalformedInput;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;

/**
 * Builds a log from its stored index: all marks, then rows, a few records at a time, each time
 * followed by the events of the kernel's own among them, whose bytes the rules read. Whatever is
 * not as it should be means that there is no index to use; the log is then as if nothing had been
 * read.
 */
public final class IndexReader {
  /** Records whose rows name no more events than are read at once. */
  public static final int RECORDS = 16;

  private final Log log;
  private final Holdings into;
  private final IntPredicate goodMarks;
  private final List<Bytes> values = new ArrayList<>();
  private final List<Bytes> keys = new ArrayList<>();
  private final List<Bytes> needed = new ArrayList<>();
  private final TreeMap<Bytes, Event> given = new TreeMap<>();
  private final List<Integer> parts = new ArrayList<>();
  private byte[] marks = new byte[0];
  private int sum;
  private int lastPage = -1;
  private int events;
  private int told;
  private int next;
  private Clock latest = Clock.ZERO;
  private Optional<Genesis> genesis = Optional.empty();

  IndexReader(Log log, IntPredicate goodMarks) {
    this.log = log;
    this.goodMarks = goodMarks;
    into = log.now().fresh();
  }

  /** Returns whether nothing was read. */
  public boolean isEmpty() {
    return lastPage < 0 && next == 0;
  }

  /** Takes a record of marks, in ascending order. */
  public Decoded<Integer> marks(Bytes key, Bytes value) {
    return IndexRecords.number(IndexRecords.MARKS, log.topic(), key)
        .then(page ->
            IndexRecords.read(
                key,
                value,
                r -> {
                  long of = r.u32();
                  long all = r.u32();
                  if (page <= lastPage
                      || of > Limits.INDEXED_EVENTS
                      || (long) page * IndexRecords.PAGE_EVENTS >= of) {
                    throw r.fail("page of marks", page + " of " + of, "ascending");
                  }
                  lastPage = page;
                  events = (int) of;
                  told = (int) all;
                  return take(page, r);
                }));
  }

  private int take(int page, CanonicalReader r) {
    int first = page * IndexRecords.PAGE_EVENTS;
    int count = r.remaining();
    if (count > IndexRecords.PAGE_EVENTS) {
      throw r.fail("marks", count + "", IndexRecords.PAGE_EVENTS + "");
    }
    if (first + count > marks.length) {
      marks = Arrays.copyOf(marks, Graph.longer(first + IndexRecords.PAGE_EVENTS));
    }
    for (int i = 0; i < count; i++) {
      int mark = r.choice(Byte.MAX_VALUE + 1);
      if (mark != 0 && !goodMarks.test(mark)) {
        throw r.fail("mark", mark + "", "one that is given");
      }
      sum += IndexRecords.share(first + i, mark);
      marks[first + i] = (byte) mark;
    }
    return page;
  }

  /** All marks were taken: now the number of events is known, and has to be right. */
  public Decoded<Integer> marksEnd() {
    if (lastPage < 0
        || events == 0
        || (events - 1) / IndexRecords.PAGE_EVENTS != lastPage
        || sum != told) {
      return Decoded.bad("marks", 0, sum + " of " + events, told + "");
    }
    marks = Arrays.copyOf(marks, events);
    into.graph.build(events);
    return Decoded.ok(events);
  }

  /** Takes a record of rows, in ascending order; they are added later. */
  public Decoded<Integer> rows(Bytes key, Bytes value) {
    return IndexRecords.number(IndexRecords.ROWS, log.topic(), key)
        .then(first -> {
          if (first != next) {
            return Decoded.bad("first row", 0, first.toString(), next + "");
          }
          Decoded<Integer> end = IndexRecords.read(key, value, r -> scan(first, r));
          keys.add(key);
          values.add(value);
          if (end instanceof Decoded.Ok<Integer>(Integer to)) {
            next = to;
            note(first);
          }
          return end;
        });
  }

  /** Remembers how the last page is divided. */
  private void note(int first) {
    int page = first - first % IndexRecords.PAGE_EVENTS;
    if (!parts.isEmpty() && parts.getFirst() < page) {
      parts.clear();
    }
    if (next < page + IndexRecords.PAGE_EVENTS) {
      parts.add(first);
    }
  }

  /** Looks for events of the kernel's own. */
  private int scan(int first, CanonicalReader r) {
    int end = first + r.u8() + 1;
    Row row = Row.before(first);
    if (first / IndexRecords.PAGE_EVENTS != (end - 1) / IndexRecords.PAGE_EVENTS || end > events) {
      throw r.fail("rows", first + " to " + end, "of one page, up to " + events);
    }
    while (row.number < end - 1) {
      row.read(r);
      if (row.depth < 1) {
        throw r.fail("depth in an index", row.depth + "", "1 or more");
      }
      if (row.kind != EventKind.APP) {
        needed.add(LogRecords.key(log.topic(), row.place()));
      }
    }
    return end;
  }

  /** Returns the keys of the events that are to be given before the rows can be added. */
  public List<Bytes> needed() {
    return List.copyOf(needed);
  }

  /** Takes one of them. */
  public Decoded<StoredEvent> event(Bytes key, Bytes value) {
    return LogRecords.read(log.topic(), key, value)
        .map(stored -> {
          given.put(key, stored.event());
          if (stored.entry().kind() == EventKind.GENESIS) {
            genesis = stored.genesis();
          }
          return stored;
        });
  }

  /** Adds the rows that were taken; returns how many events are there. */
  public Decoded<Integer> add() {
    Decoded<Integer> added = Decoded.ok(into.graph.size());
    for (int i = 0; i < values.size() && added.isOk(); i++) {
      added = IndexRecords.read(keys.get(i), values.get(i), this::add);
    }
    values.clear();
    keys.clear();
    needed.clear();
    given.clear();
    return added;
  }

  private int add(CanonicalReader r) {
    int count = r.u8() + 1;
    Row row = Row.before(into.graph.size());
    for (int i = 0; i < count; i++) {
      row.read(r);
      add(row, r);
    }
    return into.graph.size();
  }

  private void add(Row row, CanonicalReader r) {
    Event event = row.kind == EventKind.APP ? null : given.get(key(row));
    if (!fits(row) || (row.kind != EventKind.APP && event == null)) {
      throw wrong(row, r);
    }
    if (row.number == 0) {
      into.begin(genesis.orElseThrow(() -> wrong(row, r)));
    }
    into.add(row, event);
    if (event != null && !into.graph.entry(row.number).equals(entry(row.number, event))) {
      throw wrong(row, r);
    }
    into.graph.mark(row.number, marks[row.number]);
    Clock clock = Clock.unpack(row.clock);
    latest = latest.compareTo(clock) < 0 ? clock : latest;
  }

  private static MalformedInput wrong(Row row, CanonicalReader r) {
    return r.fail("row of an event", row.number + "", "as the event says");
  }

  private Bytes key(Row row) {
    return LogRecords.key(log.topic(), row.place());
  }

  private LogEntry entry(int number, Event event) {
    return LogEntry.of(event, into.graph.principalKey(number), into.graph.place(number));
  }

  /** Whether a row's parents lead to its depth, and its id is new. */
  private boolean fits(Row row) {
    int deepest = 0;
    for (int i = 0; i < row.parents; i++) {
      deepest = Math.max(deepest, into.graph.depth(row.cited[i]));
    }
    return row.depth == deepest + 1 && into.graph.find(row.id()) == Graph.NONE;
  }

  /** Ends: what was read becomes the log. */
  public Decoded<Clock> end() {
    if (into.graph.size() != events || next != events) {
      return Decoded.bad("rows", 0, into.graph.size() + "", events + "");
    }
    log.install(into, genesis);
    log.index().loaded(parts);
    return Decoded.ok(latest);
  }
}

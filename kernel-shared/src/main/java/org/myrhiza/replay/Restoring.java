// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Place;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.MarkedEvents;
import org.myrhiza.state.ReadSet;
import org.myrhiza.state.Undo;

/**
 * The way of results and patches from the store at a start, all of them in ascending order, or the
 * marks of all events instead; and where they first differ from what the log says now.
 */
final class Restoring {
  private final KeptOrder log;
  private final History history;
  private final SortedSet<Place> storedPatches;
  private final SortedMap<Place, Undo> behind;
  private int events;
  private @Nullable Place notAsStored;

  Restoring(
      KeptOrder log,
      History history,
      SortedSet<Place> storedPatches,
      SortedMap<Place, Undo> behind) {
    this.log = log;
    this.history = history;
    this.storedPatches = storedPatches;
    this.behind = behind;
  }

  /** Returns where something is not as it was stored, null if nothing is. */
  @Nullable Place notAsStored() {
    return notAsStored;
  }

  Decoded<Mark> take(Bytes storeKey, Bytes storeValue) {
    if (ReplayRecords.isPatch(log.topic(), storeKey)) {
      return patch(storeKey, storeValue);
    }
    return read(log, storeKey, storeValue)
        .map(found -> {
          if (!asStored(found)) {
            differsFrom(found.place());
          }
          events++;
          history.restore(found);
          return Mark.of(found);
        });
  }

  /** Takes a patch; its place is known to differ when the marks were taken. */
  private Decoded<Mark> patch(Bytes storeKey, Bytes storeValue) {
    return entryOf(log, ReplayRecords.patchedKey(storeKey))
        .then(entry ->
            ReplayRecords.readPatch(storeValue)
                .map(patch -> {
                  storedPatches.add(entry.place());
                  behind.put(entry.place(), patch);
                  differsFrom(entry.place());
                  return Mark.patched(entry.id(), true);
                }));
  }

  static Decoded<Applied> read(KeptOrder log, Bytes storeKey, Bytes storeValue) {
    return entryOf(log, storeKey).then(entry -> ReplayRecords.read(entry, storeValue));
  }

  private static Decoded<LogEntry> entryOf(KeptOrder log, Bytes storeKey) {
    return ReplayRecords.place(log.topic(), storeKey)
        .then(place -> {
          LogEntry entry = log.get(place.id());
          if (entry == null || !entry.place().equals(place)) {
            String id = place.id().text();
            return Decoded.bad("event of a stored verdict", 0, id, "one of the log");
          }
          return Decoded.ok(entry);
        });
  }

  /**
   * Whether a restored event stands where the log has it, and what its run was told still holds.
   */
  private boolean asStored(Applied one) {
    LogEntry entry = one.entry();
    Run run = one.run();
    boolean first = run.delivered() && history.isFirst(entry);
    if (run.delivered()) {
      history.delivered(entry);
    }
    return events < log.keptSize()
        && entry.sameAs(log.keptAt(events))
        && first == run.first()
        && run.reads().forked().stillTrue(log.isForked(entry));
  }

  private void differsFrom(Place place) {
    if (notAsStored == null) {
      notAsStored = earlier(place, events);
    }
  }

  private Place earlier(Place from, int position) {
    if (position < log.keptSize()) {
      Place kept = log.keptAt(position).place();
      return kept.compareTo(from) < 0 ? kept : from;
    }
    return from;
  }

  // ---- from marks

  /** Takes all marks; the results stay in the store. */
  List<Bytes> take(MarkedEvents marked) {
    List<Bytes> patches = new ArrayList<>();
    BitSet seen = new BitSet();
    int last = -1;
    while (marked.next()) {
      int bits = marked.mark();
      if (Mark.hasResult(bits)) {
        if (!asStored(marked, bits, seen)) {
          differsFrom(marked.entry(marked.number()).place());
        }
        ReadSet.Asked told = Mark.asked(bits);
        history.count(Mark.kind(bits), 1);
        if (told != ReadSet.Asked.NEVER) {
          history.note(marked.entry(marked.number()), told, 1);
        }
        last = marked.number();
        events++;
      }
      if (Mark.hasPatch(bits)) {
        Place place = marked.entry(marked.number()).place();
        differsFrom(place);
        patches.add(ReplayRecords.patchKey(log.topic(), place));
      }
    }
    if (last >= 0) {
      history.appendUnread(events, marked.entry(last).place());
    }
    return patches;
  }

  /** The same of an event's bits as of its result. */
  private boolean asStored(MarkedEvents marked, int bits, BitSet seen) {
    boolean first = false;
    if (Mark.kind(bits) != Verdict.Kind.NOT_APPLIED && !seen.get(marked.principal())) {
      seen.set(marked.principal());
      history.delivered(marked.entry(marked.number()));
      first = true;
    }
    return marked.isKeptAt(events)
        && first == Mark.isFirst(bits)
        && (Mark.asked(bits) == ReadSet.Asked.NEVER || wasToldTheSame(marked, bits));
  }

  private boolean wasToldTheSame(MarkedEvents marked, int bits) {
    return Mark.asked(bits).stillTrue(log.isForked(marked.entry(marked.number())));
  }
}

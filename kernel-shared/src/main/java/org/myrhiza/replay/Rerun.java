// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.Past;
import org.myrhiza.state.ReadSet;
import org.myrhiza.state.TopicState;
import org.myrhiza.state.Undo;

/**
 * A new run of the order from where something about it changed, beside the old one, which the state
 * keeps showing until the end. An event is run again only when something that it read differs; when
 * nothing differs any more, the rest is as it was.
 *
 * <p>Going back costs an old value for each write, in a map of its own; going forward the same, and
 * a look at what each event read. The state and its trie are changed once, at the end, and only
 * where both runs differ.
 *
 * <p>When something before the place it has come to changes meanwhile, it goes back further. What
 * it has found so far stays as an old run for the second time, with a <em>patch</em> where it ends.
 */
final class Rerun {
  private record Ahead(Applied was, Undo redo) {}

  /** What calls need. */
  record Host(Calls calls, Applier applier, ApplyLimits limits, SkipRule rule) {}

  private final KeptOrder log;
  private final History history;
  private final Past past;
  private final List<String> differences;
  private final List<Ahead> ahead = new ArrayList<>();
  private final TreeMap<Place, Undo> patches = new TreeMap<>();

  /** Patches of an earlier process that are still behind, among what is done. */
  private final Map<Place, Undo> restored;

  private @Nullable Place backTo;
  private @Nullable Place until;
  private boolean toTheEnd;

  /** Whether all that changed in the order is behind: what is ahead is what is kept. */
  private boolean clear;

  private long undone;
  private long skipped;

  Rerun(
      KeptOrder log,
      History history,
      TopicState state,
      Map<Place, Undo> restored,
      List<String> differences) {
    this.log = log;
    this.restored = restored;
    this.history = history;
    this.differences = differences;
    past = state.past();
  }

  /** Something changed at or after a place, and nothing after the other; null for no such bound. */
  void disturbed(Place from, @Nullable Place to) {
    toTheEnd |= to == null;
    clear = false;
    if (to != null) {
      extend(to);
    }
    if (backTo != null) {
      backTo = backTo.compareTo(from) < 0 ? backTo : from;
      return;
    }
    Applied last = history.last();
    if (last == null || (!last.isPatch() && last.place().compareTo(from) < 0)) {
      return;
    }
    backTo = from;
    if (past.differs()) {
      Undo undo = past.patch();
      Undo redo = past.setAside();
      patches.put(last.place(), undo);
      ahead.add(new Ahead(new Applied(last.entry(), null, undo), redo));
    }
  }

  private void extend(Place to) {
    until = until == null || until.compareTo(to) < 0 ? to : until;
    clear = false;
  }

  /** Goes on; returns whether it came to its end, or where the host failed. */
  Optional<Progress> step(Host host, Slice slice) {
    goBack(slice);
    while (backTo == null) {
      if (ahead.isEmpty()) {
        past.install();
        history.noMoreFirsts();
        return Optional.of(new Progress.Done());
      }
      Ahead next = ahead.getLast();
      if (next.was.isPatch()) {
        remove(next);
        continue;
      }
      if (mayStop(next, host.rule)) {
        rest();
        return Optional.of(new Progress.Done());
      }
      if (slice.spent() && resumable()) {
        return Optional.empty();
      }
      Optional<Progress> failure = pass(next, host, slice);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  /** Whether a patch here has an event before it, under whose place it is stored. */
  boolean resumable() {
    return history.last() != null || !past.differs();
  }

  private void goBack(Slice slice) {
    while (backTo != null && !slice.spent()) {
      Applied last = history.last();
      if (last == null || (!last.isPatch() && last.place().compareTo(backTo) < 0)) {
        arrived(backTo);
        return;
      }
      history.removeLast();
      ahead.add(new Ahead(last, past.back(last.undo())));
      if (last.isPatch()) {
        restored.remove(last.place());
        patches.put(last.place(), last.undo());
      }
      undone++;
      slice.event(0);
    }
  }

  /**
   * Takes the place for the beginning of the new run, unless the log has other events before it
   * than it told: then all is run again from the start, which is right whatever it told.
   */
  private void arrived(Place place) {
    backTo = null;
    boolean told = history.size() == log.keptBefore(place);
    if (!told && history.size() > 0) {
      note("events before " + place.id().text() + " changed and nothing was told of it");
      toTheEnd = true;
      clear = false;
      backTo = history.get(0).place();
    }
  }

  private void note(String difference) {
    if (differences.size() < Limits.DIFFERENCES) {
      differences.add(difference);
    }
  }

  private boolean mayStop(Ahead next, SkipRule rule) {
    return !rule.check()
        && !past.differs()
        && patches.isEmpty()
        && !history.seeksFirst()
        && isClear(next);
  }

  private boolean isClear(Ahead next) {
    Place last = until;
    if (!clear && !toTheEnd && last != null && next.was.place().compareTo(last) > 0) {
      LogEntry kept = keptNext();
      clear = kept != null && kept.place().compareTo(last) > 0;
    }
    return clear;
  }

  /** The rest of the order is as it was. */
  private void rest() {
    skipped += ahead.size();
    for (int i = ahead.size() - 1; i >= 0; i--) {
      history.append(ahead.get(i).was);
    }
    ahead.clear();
  }

  private Optional<Progress> pass(Ahead next, Host host, Slice slice) {
    LogEntry was = next.was.entry();
    LogEntry kept = isClear(next) ? was : keptNext();
    int order = kept == null ? 1 : kept.place().compareTo(was.place());
    if (kept == null || order > 0) {
      remove(next);
      slice.event(0);
      return Optional.empty();
    }
    if (order < 0) {
      return run(kept, Undo.NOTHING, host, slice).failure;
    }
    return repeat(next, host, slice);
  }

  private @Nullable LogEntry keptNext() {
    return history.size() < log.keptSize() ? log.keptAt(history.size()) : null;
  }

  private void remove(Ahead next) {
    ahead.removeLast();
    past.pass(Undo.NOTHING, next.redo);
    if (next.was.isPatch()) {
      patches.remove(next.was.place());
    } else {
      history.leave(next.was);
    }
  }

  private Optional<Progress> repeat(Ahead next, Host host, Slice slice) {
    Applied was = next.was;
    Run run = was.run();
    boolean skips = run == null || !mustRun(was.entry(), run, host.rule);
    if (skips && !host.rule.check()) {
      ahead.removeLast();
      Undo undo = past.repeat(next.redo);
      if (undo == null || !host.rule.undo()) {
        history.append(was);
      } else {
        history.enter(new Applied(was.entry(), run, undo));
      }
      skipped++;
      slice.event(0);
      return Optional.empty();
    }
    boolean clean = !past.differs();
    Ran ran = run(was.entry(), next.redo, host, slice);
    Applied now = ran.now;
    if (now == null) {
      return ran.failure;
    }
    ahead.removeLast();
    if (skips && host.rule.check()) {
      compare(was, next.redo, ran, clean);
    }
    return Optional.empty();
  }

  private void compare(Applied was, Undo redo, Ran ran, boolean clean) {
    Applied now = ran.now;
    boolean same =
        now != null
            && now.equals(new Applied(was.entry(), was.run(), clean ? was.undo() : now.undo()))
            && ran.values.equals(redo);
    if (!same) {
      note("skipping " + was.entry().id().text() + " would have been wrong");
    }
  }

  private boolean mustRun(LogEntry entry, Run run, SkipRule rule) {
    if (!run.delivered()) {
      return false;
    }
    if (noteFirst(entry) != run.first() && rule.firsts()) {
      return true;
    }
    if (rule.forks() && !run.reads().forked().stillTrue(log.isForked(entry))) {
      return true;
    }
    if (!rule.rejected() && !run.verdict().accepted()) {
      return false;
    }
    if (rule.quota() && past.differs() && past.nearQuota(run.reads())) {
      return true;
    }
    return past.touches(rule.scans() ? run.reads() : withoutScans(run.reads()));
  }

  private static ReadSet withoutScans(ReadSet all) {
    return new ReadSet(
        all.everything(), all.keys(), List.of(), all.forked(), all.writes(), all.writtenBytes());
  }

  private boolean noteFirst(LogEntry entry) {
    Place displaced = history.delivered(entry);
    if (displaced != null) {
      extend(displaced);
    }
    return history.isFirst(entry);
  }

  private record Ran(@Nullable Applied now, Undo values, Optional<Progress> failure) {}

  private Ran run(LogEntry entry, Undo theirs, Host host, Slice slice) {
    Overlay overlay = past.overlay(() -> log.isForked(entry));
    Optional<Delivery> delivery = Delivery.of(entry);
    Run run = Run.NOTHING;
    if (delivery.isPresent()) {
      boolean first = noteFirst(entry);
      long budget = Calls.budget(delivery.get(), first, host.limits);
      Calls.Ruling ruling = host.calls.call(host.applier, overlay, delivery.get(), budget);
      Verdict verdict = ruling.verdict();
      if (verdict == null) {
        Progress stalled = new Progress.Stalled(entry.id(), ruling.failure());
        return new Ran(null, Undo.NOTHING, Optional.of(stalled));
      }
      run = new Run(verdict, overlay.readSet(), first);
    }
    Undo values = run.verdict().accepted() ? overlay.values() : Undo.NOTHING;
    Optional<Genesis> genesis = entry.genesis();
    if (genesis.isPresent()) {
      values = values.plus(TopicState.established(genesis.get()));
    }
    Applied now = new Applied(entry, run, past.pass(values, theirs));
    history.enter(now);
    slice.event(run.verdict().fuel());
    return new Ran(now, values, Optional.empty());
  }

  /** Returns the patches that lead from this run to the old one, each by the event before it. */
  SortedMap<Place, Undo> patches() {
    TreeMap<Place, Undo> all = new TreeMap<>(restored);
    all.putAll(patches);
    Applied last = history.last();
    if (last != null && past.differs()) {
      all.put(last.place(), past.patch());
    }
    return all;
  }

  /** Returns how many values the greatest patch has. */
  int greatestPatch() {
    int greatest = past.differences();
    for (Undo patch : patches.values()) {
      greatest = Math.max(greatest, patch.old().size());
    }
    return greatest;
  }

  long undone() {
    return undone;
  }

  long skipped() {
    return skipped;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
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
  /** What calls need. */
  record Host(Calls calls, Applier applier, ApplyLimits limits, SkipRule rule) {}

  private final KeptOrder log;
  private final History history;
  private final Past past;
  private final List<String> differences;
  private final Ahead ahead;
  private final TreeMap<Place, Undo> patches = new TreeMap<>();

  /** Patches of the store, which the way back comes to. */
  private final SortedMap<Place, Undo> behind;

  private @Nullable Place backTo;
  private @Nullable Place until;
  private boolean toTheEnd;

  /** Whether all that changed in the order is behind: what is ahead is what is kept. */
  private boolean clear;

  private long undone;
  private long skipped;

  /**
   * A rerun that has not begun.
   *
   * @param behind patches that a run before a restart left, each by the event before it
   */
  Rerun(
      KeptOrder log,
      History history,
      TopicState state,
      SortedMap<Place, Undo> behind,
      List<String> differences) {
    this.log = log;
    this.history = history;
    this.behind = behind;
    this.differences = differences;
    past = state.past();
    ahead = new Ahead(history);
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
    Place last = history.lastPlace();
    if (last == null || (last.compareTo(from) < 0 && !behind.containsKey(last))) {
      return;
    }
    backTo = from;
    if (past.differs()) {
      Undo undo = past.patch();
      Undo redo = past.setAside();
      patches.put(last, undo);
      ahead.push(new Ahead.Item(last, null, redo));
    }
  }

  private void extend(Place to) {
    until = until == null || until.compareTo(to) < 0 ? to : until;
    clear = false;
  }

  /** Goes on; returns whether it came to its end, or what it needs, or where the host failed. */
  Optional<Progress> step(Host host, Slice slice) {
    ahead.trim();
    Optional<Progress> needs = goBack(slice);
    if (needs.isPresent()) {
      return needs;
    }
    while (backTo == null) {
      if (ahead.isEmpty()) {
        past.install();
        history.noMoreFirsts();
        return Optional.of(new Progress.Done());
      }
      if (ahead.isNextUnread()) {
        return Optional.of(needs(ahead.unread(log)));
      }
      Ahead.Item next = ahead.next();
      if (next.isPatch()) {
        remove(next);
        continue;
      }
      if (mayStop(next.event(), host.rule)) {
        skipped += ahead.size();
        ahead.rest();
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

  private Progress needs(List<Bytes> keys) {
    if (!keys.isEmpty()) {
      return new Progress.Needs(keys);
    }
    EventId at =
        Optional.ofNullable(history.lastPlace()).map(Place::id).orElse(log.validAt(0).id());
    return new Progress.Stalled(at, "verdicts are missing in the store");
  }

  /**
   * Takes verdicts that were read.
   *
   * @param from the place of the first one that was asked for
   * @param to the place of the last one
   */
  void read(Place from, Place to, List<Applied> found) {
    if (history.isLastUnread() && backTo != null) {
      history.read(from, found);
    } else if (ahead.isNextUnread()) {
      ahead.read(to, found);
    }
  }

  /** Whether a patch here has an event before it, under whose place it is stored. */
  boolean resumable() {
    return history.lastPlace() != null || !past.differs();
  }

  private Optional<Progress> goBack(Slice slice) {
    while (backTo != null && !slice.spent()) {
      if (history.isLastUnread()) {
        return Optional.of(needs(history.unread(log)));
      }
      Place last = history.lastPlace();
      Undo patch = last == null ? null : behind.get(last);
      if (last != null && patch != null) {
        if (!past.has(patch)) {
          return Optional.of(new Progress.Needs(past.takeMissing()));
        }
        behind.remove(last);
        ahead.push(new Ahead.Item(last, null, past.back(patch)));
        patches.put(last, patch);
        continue;
      }
      if (last == null || last.compareTo(backTo) < 0) {
        arrived(backTo);
        return Optional.empty();
      }
      Undo undo = history.tail().getLast().undo();
      if (!past.has(undo)) {
        return Optional.of(missing());
      }
      Applied gone = history.removeLast();
      ahead.push(new Ahead.Item(last, gone, past.back(gone.undo())));
      undone++;
      slice.event(0);
    }
    return Optional.empty();
  }

  /** What the next events on the way back need, too, so that few reads do. */
  private Progress missing() {
    List<Applied> tail = history.tail();
    for (int i = tail.size() - 2; i >= 0 && !past.missesMuch(); i--) {
      past.has(tail.get(i).undo());
    }
    return new Progress.Needs(past.takeMissing());
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
      backTo = log.validAt(0);
    }
  }

  private void note(String difference) {
    if (differences.size() < Limits.DIFFERENCES) {
      differences.add(difference);
    }
  }

  private boolean mayStop(Applied next, SkipRule rule) {
    return !rule.check()
        && !past.differs()
        && patches.isEmpty()
        && !history.seeksFirst()
        && isClear(next.place());
  }

  private boolean isClear(Place next) {
    Place last = until;
    if (!clear && !toTheEnd && last != null && next.compareTo(last) > 0) {
      LogEntry kept = keptNext();
      clear = kept != null && kept.place().compareTo(last) > 0;
    }
    return clear;
  }

  private Optional<Progress> pass(Ahead.Item next, Host host, Slice slice) {
    LogEntry was = next.event().entry();
    LogEntry kept = isClear(next.place()) ? was : keptNext();
    int order = kept == null ? 1 : kept.place().compareTo(was.place());
    if (kept == null || order > 0) {
      remove(next);
      slice.event(0);
      return Optional.empty();
    }
    if (order < 0) {
      return run(kept, null, host, slice).failure;
    }
    return repeat(next, host, slice);
  }

  private @Nullable LogEntry keptNext() {
    return history.size() < log.keptSize() ? log.keptAt(history.size()) : null;
  }

  private void remove(Ahead.Item next) {
    ahead.take();
    past.pass(Undo.NOTHING, next.redo());
    if (next.isPatch()) {
      patches.remove(next.place());
    } else {
      history.leave(next.event());
    }
  }

  private Optional<Progress> repeat(Ahead.Item next, Host host, Slice slice) {
    Applied was = next.event();
    boolean skips = !mustRun(was.entry(), was.run(), host.rule);
    if (skips && !host.rule.check()) {
      if (was.run().delivered()) {
        noteFirst(was.entry());
      }
      ahead.take();
      Undo undo = past.repeat(next.redo());
      if (undo == null || !host.rule.undo()) {
        history.append(was);
      } else {
        history.enter(new Applied(was.entry(), was.run(), undo), was);
      }
      skipped++;
      slice.event(0);
      return Optional.empty();
    }
    boolean clean = !past.differs();
    Ran ran = run(was.entry(), next, host, slice);
    if (ran.now == null) {
      return ran.failure;
    }
    ahead.take();
    if (skips && host.rule.check()) {
      compare(next, ran, clean);
    }
    return Optional.empty();
  }

  private void compare(Ahead.Item next, Ran ran, boolean clean) {
    Applied was = next.event();
    Applied now = ran.now;
    boolean same =
        now != null
            && now.equals(new Applied(was.entry(), was.run(), clean ? was.undo() : now.undo()))
            && ran.values.equals(next.redo());
    if (!same) {
      note("skipping " + was.id().text() + " would have been wrong");
    }
  }

  private boolean mustRun(LogEntry entry, Run run, SkipRule rule) {
    if (!run.delivered()) {
      return false;
    }
    if (history.isFirst(entry) != run.first() && rule.firsts()) {
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

  /**
   * Takes note that an event goes to the app, once it has gone through: only then is it settled.
   */
  private void noteFirst(LogEntry entry) {
    Place displaced = history.delivered(entry);
    if (displaced != null) {
      extend(displaced);
    }
  }

  private record Ran(@Nullable Applied now, Undo values, Optional<Progress> failure) {}

  /**
   * Runs an event.
   *
   * @param old what the old run has at its place, if anything
   */
  private Ran run(LogEntry entry, Ahead.@Nullable Item old, Host host, Slice slice) {
    Event event = log.event(entry.id());
    if (event == null) {
      Progress needs =
          new Progress.Needs(Calls.bodies(log, history.size(), entry, history.atOnce()));
      return new Ran(null, Undo.NOTHING, Optional.of(needs));
    }
    Overlay overlay = past.overlay(() -> log.isForked(entry));
    Optional<Delivery> delivery = Delivery.of(event, entry.principal());
    Run run = Run.NOTHING;
    if (delivery.isPresent()) {
      boolean first = history.isFirst(entry);
      long budget = Calls.budget(delivery.get(), first, host.limits);
      Calls.Ruling ruling = host.calls.call(host.applier, overlay, delivery.get(), budget);
      Verdict verdict = ruling.verdict();
      if (ruling.misses()) {
        return new Ran(null, Undo.NOTHING, Optional.of(new Progress.Needs(past.takeMissing())));
      }
      if (verdict == null) {
        Progress stalled = new Progress.Stalled(entry.id(), ruling.failure());
        return new Ran(null, Undo.NOTHING, Optional.of(stalled));
      }
      run = new Run(verdict, overlay.readSet(), first);
    }
    Undo values = run.verdict().accepted() ? overlay.values() : Undo.NOTHING;
    if (entry.kind() == EventKind.GENESIS) {
      values = values.plus(TopicState.established(log.genesis().orElseThrow()));
    }
    if (!past.has(values)) {
      return new Ran(null, Undo.NOTHING, Optional.of(new Progress.Needs(past.takeMissing())));
    }
    if (run.delivered()) {
      noteFirst(entry);
    }
    Undo undo = past.pass(values, old == null ? Undo.NOTHING : old.redo());
    Applied now = new Applied(entry, run, undo);
    history.enter(now, old == null ? null : old.event());
    slice.event(run.verdict().fuel());
    return new Ran(now, values, Optional.empty());
  }

  /** Returns the patches that lead from this run to the old one, each by the event before it. */
  SortedMap<Place, Undo> patches() {
    TreeMap<Place, Undo> all = new TreeMap<>(behind);
    all.putAll(patches);
    Place last = history.lastPlace();
    if (last != null && past.differs()) {
      all.put(last, past.patch());
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

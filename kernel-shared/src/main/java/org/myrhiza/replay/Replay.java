// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.MarkedEvents;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.Quota;
import org.myrhiza.state.StateRecords;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.state.TopicState;
import org.myrhiza.state.Undo;

/**
 * Brings the state of one topic to the end of its kept events, in slices.
 *
 * <p>While nothing changes but at the end, each next event is applied to the state. When something
 * before the end changes, a {@link Rerun} goes back there and forward again beside the state, and
 * calls the app only for events that saw something different; until it is done the state is that of
 * the order as it was. Between two slices all can be persisted: a restart finds what was done and
 * goes on.
 *
 * <p>Who calls: the owner of the log tells of every change by {@link #disturbed}, calls {@link
 * #step} until it is done, and persists what {@link #drain} returns. A log has to know an event by
 * its id as long as the store has its verdict. One thread owns a replay.
 */
public final class Replay {
  private final KeptOrder log;
  private final TopicState state;
  private final SkipRule rule;
  private final History history;
  private final Calls calls = new Calls();
  private final List<String> differences = new ArrayList<>();
  private final TreeSet<Place> storedPatches = new TreeSet<>();
  private final TreeMap<Place, Undo> behind = new TreeMap<>();
  private final Restoring restoring;
  private List<Bytes> asked = List.of();
  private int askedAsOf;
  private boolean holds;
  private @Nullable Rerun rerun;
  private long rollbacks;
  private long undone;
  private long skipped;

  private Replay(KeptOrder log, SkipRule rule, int window) {
    this.log = log;
    this.rule = rule;
    history = new History(window);
    state = TopicState.empty(log.topic());
    restoring = new Restoring(log, history, storedPatches, behind);
  }

  /** Returns a replay that has not begun, of a log that it reads and never changes. */
  public static Replay of(KeptOrder log) {
    return of(log, SkipRule.SOUND);
  }

  /** Returns a replay that skips by another rule. */
  public static Replay of(KeptOrder log, SkipRule rule) {
    return new Replay(log, rule, Limits.WINDOW);
  }

  /**
   * Returns a replay that keeps another number of results in memory than {@link Limits#WINDOW}: for
   * tests with few events, and for comparisons.
   *
   * @param window 1 or more
   */
  public static Replay of(KeptOrder log, SkipRule rule, int window) {
    return new Replay(log, rule, window);
  }

  /**
   * Takes note that at or after a place something changed about which events are kept, or about
   * whether the keys of those that asked forked.
   */
  public void disturbed(Place from) {
    disturb(from, null);
  }

  /** Takes note of such a change when nothing after another place changed, which saves a search. */
  public void disturbed(Place from, Place to) {
    disturb(from, to);
  }

  /** Takes note that other events of a key may count as forked: those that asked run again. */
  public void forked(PublicKey key) {
    history
        .asked(key)
        .forEach((place, told) -> {
          LogEntry entry = log.get(place.id());
          if (entry == null || !told.stillTrue(log.isForked(entry))) {
            disturb(place, place);
          }
        });
  }

  private void disturb(Place from, @Nullable Place to) {
    Rerun running = rerun;
    if (running == null) {
      Place last = history.lastPlace();
      if (last == null || last.compareTo(from) < 0) {
        return;
      }
      running = new Rerun(log, history, state, behind, differences);
      rerun = running;
      rollbacks++;
    }
    running.disturbed(from, to);
  }

  /** Does one bounded part of what is to be done. */
  public Progress step(Applier applier, ApplyLimits limits) {
    Slice slice = new Slice(limits.stepFuel());
    Progress progress = next(applier, limits, slice);
    asked = progress instanceof Progress.Needs(List<Bytes> keys) ? keys : List.of();
    askedAsOf = state.asOf();
    hold(areValues(asked) && !slice.used());
    return progress;
  }

  private boolean areValues(List<Bytes> keys) {
    return !keys.isEmpty() && keys.getFirst().startsWith(StateRecords.from(log.topic()));
  }

  /** Holds on to what was read while an event has still not gone through. */
  private void hold(boolean now) {
    if (now && !holds) {
      state.pin();
    } else if (!now && holds) {
      state.unpin();
    }
    holds = now;
  }

  private Progress next(Applier applier, ApplyLimits limits, Slice slice) {
    history.trim();
    Rerun running = rerun;
    if (running != null) {
      Optional<Progress> end = running.step(new Rerun.Host(calls, applier, limits, rule), slice);
      if (end.isEmpty() || !(end.get() instanceof Progress.Done)) {
        return end.orElseGet(Progress.More::new);
      }
      undone += running.undone();
      skipped += running.skipped();
      rerun = null;
    }
    while (!caughtUp()) {
      if (slice.spent()) {
        return new Progress.More();
      }
      LogEntry next = log.keptAt(history.size());
      Event event = log.event(next.id());
      if (event == null) {
        return new Progress.Needs(Calls.bodies(log, history.size(), next, history.atOnce()));
      }
      Optional<Progress> end = apply(next, event, new Host(applier, limits, slice));
      if (end.isPresent()) {
        return end.get();
      }
    }
    return new Progress.Done();
  }

  private record Host(Applier applier, ApplyLimits limits, Slice slice) {}

  /** Applies the next event of the order; returns what it needs first, or where the host failed. */
  private Optional<Progress> apply(LogEntry next, Event event, Host host) {
    Optional<Genesis> genesis = next.kind() == EventKind.GENESIS ? log.genesis() : Optional.empty();
    genesis.ifPresent(begun -> state.limitTo(quota(begun.policy())));
    Overlay overlay = state.overlay(() -> log.isForked(next));
    Optional<Delivery> delivery = Delivery.of(event, next.principal());
    Run run = Run.NOTHING;
    if (delivery.isPresent()) {
      boolean first = history.isFirst(next);
      long budget = Calls.budget(delivery.get(), first, host.limits);
      Calls.Ruling ruling = calls.call(host.applier, overlay, delivery.get(), budget);
      Verdict verdict = ruling.verdict();
      if (ruling.misses() || (verdict != null && verdict.accepted() && !state.has(overlay))) {
        return Optional.of(
            holds
                ? new Progress.Needs(state.takeMissing())
                : new LookAhead(log, state, history).needs(host.applier, host.limits));
      }
      if (verdict == null) {
        return Optional.of(new Progress.Stalled(next.id(), ruling.failure()));
      }
      history.delivered(next);
      run = new Run(verdict, overlay.readSet(), first);
    }
    Undo undo = run.verdict().accepted() ? state.commit(overlay) : Undo.NOTHING;
    if (genesis.isPresent()) {
      undo = undo.plus(state.establish(genesis.get()));
    }
    history.enter(new Applied(next, run, undo), null);
    host.slice.event(run.verdict().fuel());
    return Optional.empty();
  }

  private static Quota quota(TopicPolicy policy) {
    return new Quota(policy.quotaBytes(), policy.quotaKeys());
  }

  /** Returns whether every kept event has its verdict. */
  public boolean caughtUp() {
    return rerun == null && history.size() == log.keptSize();
  }

  /** Returns how many events have a verdict. */
  public int materialised() {
    return history.known();
  }

  /**
   * Returns an event's verdict, null while it has none; while a rerun goes on perhaps the old. Null
   * too for one that is only in the store; what the last step gave a verdict is not.
   */
  public @Nullable Verdict verdict(EventId id) {
    return history.verdict(id);
  }

  /** Returns the state that the latest finished run led to. Only replay changes it. */
  public TopicState state() {
    return state;
  }

  /** Returns the digest of the state. */
  public Bytes digest() {
    return state.root();
  }

  /** Returns what was done. */
  public Counts counts() {
    Rerun running = rerun;
    return new Counts(
        history.accepted(),
        history.rejected(),
        calls.count(),
        rollbacks,
        undone + (running == null ? 0 : running.undone()),
        skipped + (running == null ? 0 : running.skipped()));
  }

  /**
   * Returns what was found wrong, at most 16 lines, each a defect: results that skipping would have
   * got wrong, if the rule is to compare, and changes of the order that nobody told of.
   */
  public List<String> differences() {
    return List.copyOf(differences);
  }

  /** Runs the app on an event that is not signed yet, at the end of the log, and forgets it. */
  public PreCheck preCheck(Applier applier, Delivery event, ApplyLimits limits) {
    if (!caughtUp()) {
      return new PreCheck.NotReady();
    }
    long budget = Calls.budget(event, history.firstWouldBe(event.principal()), limits);
    return answer(calls.call(applier, state.overlay(), event, budget));
  }

  /** Runs the app on what a genesis would deliver, over the empty state, and forgets it. */
  public static PreCheck preCheckCreation(
      KeptOrder empty, Applier applier, Delivery event, TopicPolicy policy, ApplyLimits limits) {
    Replay replay = of(empty);
    replay.state.limitTo(quota(policy));
    return replay.preCheck(applier, event, limits);
  }

  private static PreCheck answer(Calls.Ruling ruling) {
    Verdict verdict = ruling.verdict();
    if (verdict == null) {
      return ruling.misses() ? new PreCheck.Misses() : new PreCheck.HostFailed(ruling.failure());
    }
    return verdict.accepted() ? new PreCheck.Passed(verdict.fuel()) : new PreCheck.Refused(verdict);
  }

  /**
   * Returns what changed since the last call, to be persisted in one batch. While a rerun has more
   * differences than are worth storing, that is nothing, and comes later.
   */
  public Drained drain() {
    Rerun running = rerun;
    if (running != null
        && (running.greatestPatch() > Limits.PATCH_VALUES || !running.resumable())) {
      trim();
      return new Drained(List.of(), List.of(), List.of());
    }
    List<StoreWrite> writes = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    List<EventId> verdicts = new ArrayList<>();
    history
        .takeChanged()
        .forEach((place, found) -> {
          Bytes value = found.map(ReplayRecords::value).orElse(null);
          writes.add(new StoreWrite(ReplayRecords.key(log.topic(), place), value));
          marks.add(found.map(Mark::of).orElseGet(() -> Mark.without(place.id())));
          verdicts.add(place.id());
        });
    drainPatches(running == null ? new TreeMap<>() : running.patches(), writes, marks);
    writes.addAll(state.drain());
    trim();
    return new Drained(writes, marks, verdicts);
  }

  /** All that is drained comes before a read of what was asked for, which so is as of now. */
  private void trim() {
    state.trim();
    askedAsOf = state.asOf();
  }

  private void drainPatches(Map<Place, Undo> patches, List<StoreWrite> writes, List<Mark> marks) {
    for (Place place : storedPatches) {
      if (!patches.containsKey(place)) {
        writes.add(new StoreWrite(ReplayRecords.patchKey(log.topic(), place), null));
        marks.add(Mark.patched(place.id(), false));
      }
    }
    storedPatches.clear();
    for (Map.Entry<Place, Undo> patch : patches.entrySet()) {
      Bytes key = ReplayRecords.patchKey(log.topic(), patch.getKey());
      writes.add(new StoreWrite(key, ReplayRecords.patch(patch.getValue())));
      marks.add(Mark.patched(patch.getKey().id(), true));
      storedPatches.add(patch.getKey());
    }
  }

  /**
   * Takes over a stored verdict or patch, after all of the log and in ascending order of the keys.
   * Bad bytes, or an event that is not in the log, mean that the store is damaged.
   *
   * @return what a log is to keep of it
   */
  public Decoded<Mark> restoreVerdict(Bytes storeKey, Bytes storeValue) {
    return restoring.take(storeKey, storeValue);
  }

  /**
   * Takes over what a log kept of all results and patches, in the place of the stored verdicts,
   * which stay in the store.
   *
   * @return the keys of the patches, which {@link #restoreVerdict} is to be given then
   */
  public List<Bytes> restoreMarks(MarkedEvents marked) {
    return restoring.take(marked);
  }

  /** Returns whether a log may have kept these bits for an event. */
  public static boolean isMark(int bits) {
    return Mark.isGood(bits);
  }

  /**
   * Takes what the store has of the verdicts or values that the last step {@link Progress.Needs
   * needed}; none when those were events, which the log takes. Bad bytes, or a value that is not
   * there, mean that the store is damaged.
   *
   * @param found keys and values, ascending
   * @return how many were taken
   */
  public Decoded<Integer> loaded(List<StoreWrite> found) {
    if (areValues(asked)) {
      List<Bytes> values = asked;
      asked = List.of();
      return state.loaded(values, found, askedAsOf);
    }
    List<Applied> read = new ArrayList<>();
    for (StoreWrite record : found) {
      Bytes value = record.value();
      if (value != null && record.key().startsWith(ReplayRecords.from(log.topic()))) {
        switch (Restoring.read(log, record.key(), value)) {
          case Decoded.Ok<Applied>(Applied one) when history.isStored(one.place()) -> read.add(one);
          case Decoded.Ok<Applied> changed -> {}
          case Decoded.Bad<Applied>(Malformed bad) -> {
            return new Decoded.Bad<>(bad);
          }
        }
      }
    }
    Rerun running = rerun;
    if (running != null && !asked.isEmpty()) {
      Decoded<Place> from = ReplayRecords.place(log.topic(), asked.getFirst());
      Decoded<Place> to = ReplayRecords.place(log.topic(), asked.getLast());
      if (from instanceof Decoded.Ok<Place> first && to instanceof Decoded.Ok<Place> last) {
        running.read(first.value(), last.value(), read);
      }
    }
    asked = List.of();
    return Decoded.ok(read.size());
  }

  /** Takes over a stored state entry, in any order. Bad bytes mean that the store is damaged. */
  public Decoded<Integer> restoreState(Bytes storeKey, Bytes storeValue) {
    return state.restore(storeKey, storeValue);
  }

  /** Ends a restore: where something is not as it was when it was stored, the next step goes on. */
  public void restored() {
    log.genesis().ifPresent(genesis -> state.limitTo(quota(genesis.policy())));
    Place from = restoring.notAsStored();
    if (from != null) {
      disturbed(from);
    }
  }

  /** Replays the whole log into a new state and compares digest, counts and verdicts in memory. */
  public Comparison compareWithReplayFromNothing(Applier applier, ApplyLimits limits) {
    if (!caughtUp()) {
      return new Comparison.Unfinished("the state is not at the end of the log");
    }
    Replay fresh = of(log, SkipRule.SOUND, Integer.MAX_VALUE);
    fresh.state.recordAtMost(state.recordedReads());
    Progress progress = fresh.step(applier, limits);
    while (progress instanceof Progress.More) {
      progress = fresh.step(applier, limits);
    }
    if (progress instanceof Progress.Stalled(EventId event, String reason)) {
      return new Comparison.Unfinished("at " + event.text() + ": " + reason);
    }
    if (progress instanceof Progress.Needs) {
      return new Comparison.Unfinished("events are not in memory");
    }
    List<Applied> tail = history.tail();
    int before = history.size() - tail.size();
    for (int i = 0; i < tail.size(); i++) {
      Applied seen = tail.get(i);
      Applied expected = fresh.history.tail().get(before + i);
      if (!seen.equals(expected)) {
        String what = "verdict, undo or reads at position " + (before + i);
        return new Comparison.Different(what, seen.told(), expected.told());
      }
    }
    if (history.accepted() != fresh.history.accepted()) {
      String accepted = Long.toString(fresh.history.accepted());
      return new Comparison.Different("accepted", "" + history.accepted(), accepted);
    }
    return digest().equals(fresh.digest())
        ? new Comparison.Same(history.size())
        : new Comparison.Different("digest", digest().toHex(), fresh.digest().toHex());
  }
}

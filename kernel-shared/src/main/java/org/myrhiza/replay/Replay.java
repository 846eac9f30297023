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
import org.myrhiza.event.EventId;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.Quota;
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
  private final History history = new History();
  private final Calls calls = new Calls();
  private final List<String> differences = new ArrayList<>();
  private final TreeSet<Place> storedPatches = new TreeSet<>();
  private final TreeMap<Place, Undo> restoredPatches = new TreeMap<>();
  private @Nullable Rerun rerun;
  private long rollbacks;
  private long undone;
  private long skipped;

  private Replay(KeptOrder log, SkipRule rule) {
    this.log = log;
    this.rule = rule;
    state = TopicState.empty(log.topic());
  }

  /** Returns a replay that has not begun, of a log that it reads and never changes. */
  public static Replay of(KeptOrder log) {
    return of(log, SkipRule.SOUND);
  }

  /** Returns a replay that skips by another rule. */
  public static Replay of(KeptOrder log, SkipRule rule) {
    return new Replay(log, rule);
  }

  /**
   * Takes note that at or after a place something changed about which events are kept, or about
   * whether their keys forked.
   */
  public void disturbed(Place from) {
    disturb(from, null);
  }

  /** Takes note of such a change when nothing after another place changed, which saves a search. */
  public void disturbed(Place from, Place to) {
    disturb(from, to);
  }

  private void disturb(Place from, @Nullable Place to) {
    Rerun running = rerun;
    if (running == null) {
      Applied last = history.last();
      if (last == null || last.place().compareTo(from) < 0) {
        return;
      }
      running = new Rerun(log, history, state, restoredPatches, differences);
      rerun = running;
      rollbacks++;
    }
    running.disturbed(from, to);
  }

  /** Does one bounded part of what is to be done. */
  public Progress step(Applier applier, ApplyLimits limits) {
    Slice slice = new Slice(limits.stepFuel());
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
      Optional<String> failure = apply(next, applier, limits, slice);
      if (failure.isPresent()) {
        return new Progress.Stalled(next.id(), failure.get());
      }
    }
    return new Progress.Done();
  }

  /** Applies the next event of the order; returns why the host failed, if it did. */
  private Optional<String> apply(LogEntry next, Applier applier, ApplyLimits limits, Slice slice) {
    Optional<Genesis> genesis = next.genesis();
    genesis.ifPresent(begun -> state.limitTo(quota(begun.policy())));
    Overlay overlay = state.overlay(() -> log.isForked(next));
    Optional<Delivery> delivery = Delivery.of(next);
    Run run = Run.NOTHING;
    if (delivery.isPresent()) {
      boolean first = history.isFirst(next);
      long budget = Calls.budget(delivery.get(), first, limits);
      Calls.Ruling ruling = calls.call(applier, overlay, delivery.get(), budget);
      Verdict verdict = ruling.verdict();
      if (verdict == null) {
        return Optional.of(ruling.failure());
      }
      history.delivered(next);
      run = new Run(verdict, overlay.readSet(), first);
    }
    Undo undo = run.verdict().accepted() ? state.commit(overlay) : Undo.NOTHING;
    if (genesis.isPresent()) {
      undo = undo.plus(state.establish(genesis.get()));
    }
    history.enter(new Applied(next, run, undo));
    slice.event(run.verdict().fuel());
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

  /** Returns an event's verdict, null while it has none; while a rerun goes on perhaps the old. */
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
      return new PreCheck.HostFailed(ruling.failure());
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
      return new Drained(List.of(), List.of());
    }
    List<StoreWrite> writes = new ArrayList<>();
    List<EventId> verdicts = new ArrayList<>();
    for (Place place : history.takeChanged()) {
      Applied found = history.find(place.id());
      Bytes value = found == null ? null : ReplayRecords.value(found);
      writes.add(new StoreWrite(ReplayRecords.key(log.topic(), place), value));
      verdicts.add(place.id());
    }
    drainPatches(running == null ? new TreeMap<>() : running.patches(), writes);
    writes.addAll(state.drain());
    return new Drained(writes, verdicts);
  }

  private void drainPatches(Map<Place, Undo> patches, List<StoreWrite> writes) {
    for (Place place : storedPatches) {
      if (!patches.containsKey(place)) {
        writes.add(new StoreWrite(ReplayRecords.patchKey(log.topic(), place), null));
      }
    }
    storedPatches.clear();
    for (Map.Entry<Place, Undo> patch : patches.entrySet()) {
      Bytes key = ReplayRecords.patchKey(log.topic(), patch.getKey());
      writes.add(new StoreWrite(key, ReplayRecords.patch(patch.getValue())));
      storedPatches.add(patch.getKey());
    }
  }

  /**
   * Takes over a stored verdict or patch, after the log and in ascending order of the keys. Bad
   * bytes, or an event that is not in the log, mean that the store is damaged.
   *
   * @return the event
   */
  public Decoded<EventId> restoreVerdict(Bytes storeKey, Bytes storeValue) {
    boolean patch = ReplayRecords.isPatch(log.topic(), storeKey);
    Bytes key = patch ? ReplayRecords.patchedKey(storeKey) : storeKey;
    return ReplayRecords.place(log.topic(), key)
        .then(place -> {
          LogEntry entry = log.get(place.id());
          if (entry == null || !entry.place().equals(place)) {
            String id = place.id().text();
            return Decoded.bad("event of a stored verdict", 0, id, "one of the log");
          }
          return ReplayRecords.read(entry, patch, storeValue);
        })
        .map(found -> {
          if (patch) {
            storedPatches.add(found.place());
            restoredPatches.put(found.place(), found.undo());
          } else {
            history.register(found);
          }
          history.append(found);
          return found.entry().id();
        });
  }

  /** Takes over a stored state entry, in any order. Bad bytes mean that the store is damaged. */
  public Decoded<Integer> restoreState(Bytes storeKey, Bytes storeValue) {
    return state.restore(storeKey, storeValue);
  }

  /**
   * Ends a restore: finds what is not as it was when it was stored, where the next step goes on.
   */
  public void restored() {
    log.genesis().ifPresent(genesis -> state.limitTo(quota(genesis.policy())));
    Place from = null;
    int position = 0;
    for (int i = 0; i < history.size(); i++) {
      Applied one = history.get(i);
      if (!asStored(one, position) && from == null) {
        from = one.place();
        from = earlier(from, position);
      }
      position += one.isPatch() ? 0 : 1;
    }
    if (from != null) {
      disturbed(from);
    }
  }

  private Place earlier(Place from, int position) {
    if (position < log.keptSize()) {
      Place kept = log.keptAt(position).place();
      return kept.compareTo(from) < 0 ? kept : from;
    }
    return from;
  }

  /**
   * Whether a restored event stands where the log has it, and what its run was told still holds.
   */
  private boolean asStored(Applied one, int position) {
    Run run = one.run();
    if (run == null) {
      return false;
    }
    LogEntry entry = one.entry();
    boolean first = run.delivered() && history.isFirst(entry);
    if (run.delivered()) {
      history.delivered(entry);
    }
    return position < log.keptSize()
        && entry.sameAs(log.keptAt(position))
        && first == run.first()
        && run.reads().forked().stillTrue(log.isForked(entry));
  }

  /** Replays the whole log into a new state and compares digest and verdicts. */
  public Comparison compareWithReplayFromNothing(Applier applier, ApplyLimits limits) {
    if (!caughtUp()) {
      return new Comparison.Unfinished("the state is not at the end of the log");
    }
    Replay fresh = of(log);
    fresh.state.recordAtMost(state.recordedReads());
    Progress progress = fresh.step(applier, limits);
    while (progress instanceof Progress.More) {
      progress = fresh.step(applier, limits);
    }
    if (progress instanceof Progress.Stalled(EventId event, String reason)) {
      return new Comparison.Unfinished("at " + event.text() + ": " + reason);
    }
    for (int i = 0; i < history.size(); i++) {
      Applied seen = history.get(i);
      Applied expected = fresh.history.get(i);
      if (!seen.equals(expected)) {
        String what = "verdict, undo or reads at position " + i;
        return new Comparison.Different(what, seen.told(), expected.told());
      }
    }
    return digest().equals(fresh.digest())
        ? new Comparison.Same(history.size())
        : new Comparison.Different("digest", digest().toHex(), fresh.digest().toHex());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.HashMap;
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
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.PassedLimit;
import org.myrhiza.state.Quota;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.state.TopicState;
import org.myrhiza.state.Undo;

/**
 * Brings the state of one topic to the end of its log, in slices.
 *
 * <p>What has a verdict is always a beginning of the canonical order, in order. An event that comes
 * in before its end marks its place; the next steps take back everything after that place, latest
 * first, and then apply the order again from there. Between two slices the state is that of a
 * beginning of the order (but for what is marked and not yet taken back), and can be persisted: a
 * restart finds the same beginning, sees which events have no verdict, and goes on.
 *
 * <p>Who calls: the owner of the log tells every new entry by {@link #inserted}, calls {@link
 * #step} until it is done, and persists what {@link #drain} returns. One thread owns a replay.
 */
public final class Replay {
  private final Log log;
  private final TopicState state;
  private final List<Applied> applied = new ArrayList<>();
  // Looked up, never iterated: the order of a hash map differs between stacks.
  private final Map<EventId, Applied> byId = new HashMap<>();
  private final TreeMap<PublicKey, Integer> deliveredOf = new TreeMap<>();
  private TreeSet<Place> changed = new TreeSet<>();
  private @Nullable Place lateFrom;
  private long accepted;
  private long rejected;
  private long calls;
  private long rollbacks;
  private long undone;

  private Replay(Log log) {
    this.log = log;
    state = TopicState.empty(log.topic());
  }

  /** Returns a replay that has not begun, of a log that it reads and never changes. */
  public static Replay of(Log log) {
    return new Replay(log);
  }

  /** Takes note of an event that became valid. */
  public void inserted(LogEntry entry) {
    if (applied.isEmpty() || entry.place().compareTo(applied.getLast().entry().place()) > 0) {
      return;
    }
    if (lateFrom == null) {
      rollbacks++;
    }
    if (lateFrom == null || entry.place().compareTo(lateFrom) < 0) {
      lateFrom = entry.place();
    }
  }

  /** Does one bounded part of what is to be done. */
  public Progress step(Applier applier, ApplyLimits limits) {
    Slice slice = new Slice(limits.stepFuel());
    takeBack(slice);
    while (!caughtUp()) {
      if (slice.spent()) {
        return new Progress.More();
      }
      LogEntry next = log.at(applied.size());
      Optional<String> failure = apply(next, applier, limits, slice);
      if (failure.isPresent()) {
        return new Progress.Stalled(next.id(), failure.get());
      }
    }
    return new Progress.Done();
  }

  private void takeBack(Slice slice) {
    while (lateFrom != null && !slice.spent()) {
      if (applied.isEmpty() || applied.getLast().entry().place().compareTo(lateFrom) < 0) {
        lateFrom = null;
        return;
      }
      Applied last = applied.removeLast();
      byId.remove(last.entry().id());
      state.rollback(last.undo());
      changed.add(last.entry().place());
      count(last, -1);
      undone++;
      slice.event(0);
    }
  }

  /** Applies the next event of the order; returns why the host failed, if it did. */
  private Optional<String> apply(LogEntry next, Applier applier, ApplyLimits limits, Slice slice) {
    Optional<Genesis> genesis = next.genesis();
    genesis.ifPresent(begun -> state.limitTo(quota(begun.policy())));
    Overlay overlay = state.overlay();
    Optional<Delivery> delivery = Delivery.of(next);
    Ruling ruling =
        delivery.isPresent()
            ? call(applier, overlay, delivery.get(), limits)
            : new Ruling(Verdict.NOTHING, "");
    if (ruling.verdict == null) {
      return Optional.of(ruling.failure);
    }
    Undo undo = ruling.verdict.accepted() ? state.commit(overlay) : Undo.NOTHING;
    if (genesis.isPresent()) {
      undo = undo.plus(state.establish(genesis.get()));
    }
    push(new Applied(next, ruling.verdict, undo));
    changed.add(next.place());
    slice.event(ruling.verdict.fuel());
    return Optional.empty();
  }

  private static Quota quota(TopicPolicy policy) {
    return new Quota(policy.quotaBytes(), policy.quotaKeys());
  }

  /** A verdict, or else the host's failure. */
  private record Ruling(@Nullable Verdict verdict, String failure) {}

  private Ruling call(Applier applier, Overlay overlay, Delivery event, ApplyLimits limits) {
    calls++;
    long budget = budget(event, limits);
    Outcome outcome = applier.apply(overlay, event, budget);
    PassedLimit passed = overlay.passed();
    if (passed != null && !(outcome instanceof Outcome.HostFailure)) {
      return ruled(Verdict.Kind.REJECTED, passed.message(), outcome.fuel());
    }
    return switch (outcome) {
      case Outcome.HostFailure(String reason) -> new Ruling(null, reason);
      case Outcome.Accepted(long fuel) -> ruled(Verdict.Kind.ACCEPTED, "", fuel);
      case Outcome.Rejected(String reason, long fuel) -> ruled(Verdict.Kind.REJECTED, reason, fuel);
      case Outcome.Trapped(String kind, long fuel) -> ruled(Verdict.Kind.TRAPPED, kind, fuel);
      case Outcome.OutOfFuel(long fuel) -> ruled(Verdict.Kind.OUT_OF_FUEL, "", fuel);
    };
  }

  private static Ruling ruled(Verdict.Kind kind, String reason, long fuel) {
    return new Ruling(new Verdict(kind, reason, fuel), "");
  }

  /** The fuel of an event: less for the first of a principal, but for a creation. */
  private long budget(Delivery event, ApplyLimits limits) {
    boolean first =
        event.tag() != Delivery.CREATION_TAG && !deliveredOf.containsKey(event.principal());
    return first ? Math.min(limits.eventFuel(), Limits.NEW_PRINCIPAL_FUEL) : limits.eventFuel();
  }

  private void push(Applied next) {
    applied.add(next);
    byId.put(next.entry().id(), next);
    count(next, 1);
  }

  private void count(Applied one, int by) {
    switch (one.verdict().kind()) {
      case ACCEPTED -> accepted += by;
      case REJECTED, TRAPPED, OUT_OF_FUEL -> rejected += by;
      case NOT_APPLIED -> {
        return;
      }
    }
    PublicKey principal = one.entry().principal();
    int delivered = deliveredOf.getOrDefault(principal, 0) + by;
    if (delivered == 0) {
      deliveredOf.remove(principal);
    } else {
      deliveredOf.put(principal, delivered);
    }
  }

  /** Returns whether every valid event has its verdict. */
  public boolean caughtUp() {
    return lateFrom == null && applied.size() == log.size();
  }

  /** Returns how many events have a verdict. */
  public int materialised() {
    return applied.size();
  }

  /** Returns an event's verdict, null while it has none. */
  public @Nullable Verdict verdict(EventId id) {
    Applied found = byId.get(id);
    return found == null ? null : found.verdict();
  }

  /** Returns the state after the events that have a verdict. Only replay changes it. */
  public TopicState state() {
    return state;
  }

  /** Returns the digest of the state. */
  public Bytes digest() {
    return state.root();
  }

  /** Returns what was done. */
  public Counts counts() {
    return new Counts(accepted, rejected, calls, rollbacks, undone);
  }

  /** Runs the app on an event that is not signed yet, at the end of the log, and forgets it. */
  public PreCheck preCheck(Applier applier, Delivery event, ApplyLimits limits) {
    if (!caughtUp()) {
      return new PreCheck.NotReady();
    }
    return answer(call(applier, state.overlay(), event, limits));
  }

  /** Runs the app on what a genesis would deliver, over the empty state, and forgets it. */
  public static PreCheck preCheckCreation(
      Log empty, Applier applier, Delivery event, TopicPolicy policy, ApplyLimits limits) {
    Replay replay = of(empty);
    replay.state.limitTo(quota(policy));
    return replay.preCheck(applier, event, limits);
  }

  private static PreCheck answer(Ruling ruling) {
    Verdict verdict = ruling.verdict;
    if (verdict == null) {
      return new PreCheck.HostFailed(ruling.failure);
    }
    return verdict.accepted() ? new PreCheck.Passed(verdict.fuel()) : new PreCheck.Refused(verdict);
  }

  /** Returns what changed since the last call, to be persisted in one batch. */
  public Drained drain() {
    List<StoreWrite> writes = new ArrayList<>();
    List<EventId> verdicts = new ArrayList<>();
    for (Place place : changed) {
      Applied found = byId.get(place.id());
      Bytes value = found == null ? null : ReplayRecords.value(found);
      writes.add(new StoreWrite(ReplayRecords.key(log.topic(), place), value));
      verdicts.add(place.id());
    }
    changed = new TreeSet<>();
    writes.addAll(state.drain());
    return new Drained(writes, verdicts);
  }

  /**
   * Takes over a stored verdict, after the log and in ascending order of the keys. Bad bytes, or an
   * event that is not in the log, mean that the store is damaged.
   *
   * @return the event
   */
  public Decoded<EventId> restoreVerdict(Bytes storeKey, Bytes storeValue) {
    return ReplayRecords.place(log.topic(), storeKey)
        .then(place -> {
          LogEntry entry = log.get(place.id());
          if (entry == null || !entry.place().equals(place)) {
            String id = place.id().text();
            return Decoded.bad("event of a stored verdict", 0, id, "one of the log");
          }
          return ReplayRecords.read(entry, storeValue);
        })
        .map(found -> {
          push(found);
          return found.entry().id();
        });
  }

  /** Takes over a stored state entry, in any order. Bad bytes mean that the store is damaged. */
  public Decoded<Integer> restoreState(Bytes storeKey, Bytes storeValue) {
    return state.restore(storeKey, storeValue);
  }

  /** Ends a restore: finds the first event without a verdict, where the next step goes on. */
  public void restored() {
    log.genesis().ifPresent(genesis -> state.limitTo(quota(genesis.policy())));
    for (int i = 0; i < applied.size(); i++) {
      LogEntry expected = log.at(i);
      if (!applied.get(i).entry().sameAs(expected)) {
        lateFrom = expected.place();
        return;
      }
    }
  }

  /** Replays the whole log into a new state and compares digest and verdicts. */
  public Comparison compareWithReplayFromNothing(Applier applier, ApplyLimits limits) {
    if (!caughtUp()) {
      return new Comparison.Unfinished("the state is not at the end of the log");
    }
    Replay fresh = of(log);
    Progress progress = fresh.step(applier, limits);
    while (progress instanceof Progress.More) {
      progress = fresh.step(applier, limits);
    }
    if (progress instanceof Progress.Stalled(EventId event, String reason)) {
      return new Comparison.Unfinished("at " + event.text() + ": " + reason);
    }
    for (int i = 0; i < applied.size(); i++) {
      boolean seen = applied.get(i).verdict().accepted();
      boolean expected = fresh.applied.get(i).verdict().accepted();
      if (seen != expected) {
        String what = "accepted at position " + i;
        return new Comparison.Different(what, Boolean.toString(seen), Boolean.toString(expected));
      }
    }
    return digest().equals(fresh.digest())
        ? new Comparison.Same(applied.size())
        : new Comparison.Different("digest", digest().toHex(), fresh.digest().toHex());
  }
}

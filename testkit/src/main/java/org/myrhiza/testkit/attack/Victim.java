// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.log.Charge;
import org.myrhiza.log.Examined;
import org.myrhiza.log.Limits;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Offer;
import org.myrhiza.log.Source;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Comparison;
import org.myrhiza.replay.Counts;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.sync.Offence;
import org.myrhiza.testkit.graph.Deliveries;

/** A peer's log and replay with a store that is a map, fed as a kernel feeds them. */
final class Victim {
  private static final ApplyLimits LIMITS = ApplyLimits.of(1_000_000);

  private final Log log;
  private final Replay replay;
  private final Applier app;
  private final SignatureVerifier verifier;
  private final TreeMap<Bytes, Bytes> store = new TreeMap<>();
  private long storedBytes;
  private long verified;
  private long points;
  private final TreeMap<String, Integer> refusals = new TreeMap<>();

  Victim(TopicId topic, Applier app, SignatureVerifier verifier) {
    this.app = app;
    this.verifier = verifier;
    log = Log.empty(topic);
    replay = Replay.of(log);
  }

  Log log() {
    return log;
  }

  Counts counts() {
    return replay.counts();
  }

  /** The bytes of its store, keys included. */
  long storedBytes() {
    return storedBytes;
  }

  /** How many signatures it verified. */
  long verified() {
    return verified;
  }

  /** The points that the sender's link was charged. */
  long points() {
    return points;
  }

  /** Why events were refused, and how many. */
  List<String> refusals() {
    List<String> told = new ArrayList<>();
    refusals.forEach((what, times) -> told.add(times + " x " + what));
    return told;
  }

  Bytes digest() {
    return replay.digest();
  }

  /** How many events of a person the state counts, with {@link Tally#EACH}. */
  int tally(PublicKey principal) {
    return Tally.count(replay.state().reader().get(principal.bytes()));
  }

  /** Takes events that it trusts, without a look at their signatures. */
  void trust(List<Event> events) {
    events.forEach(event -> hear(event, Source.LOCAL, (key, message, signature) -> true));
    settle();
  }

  /** Takes events from a link, some at a time, and comes to rest after each time. */
  void hear(List<Event> events, Source link, int page) {
    for (int i = 0; i < events.size(); i++) {
      hear(events.get(i), link, verifier);
      if ((i + 1) % page == 0) {
        settle();
      }
    }
    settle();
  }

  private void hear(Event event, Source link, SignatureVerifier by) {
    switch (log.examine(event)) {
      case Examined.Fresh fresh -> {
        verified += fresh.candidate().claims().size();
        if (fresh.candidate().verifiedBy(by)) {
          took(log.offer(fresh.candidate(), link));
        } else {
          charge(Offence.BAD_EVENT, "a bad signature");
        }
      }
      case Examined.Known known -> {}
      case Examined.Bad bad -> charge(Offence.BAD_EVENT, bad.refusal().what());
    }
  }

  private void took(Offer offer) {
    switch (offer) {
      case Offer.Placed placed -> {
        placed.events().forEach(stored -> put(key(stored.entry()), LogRecords.value(stored)));
        charge(Offence.BAD_EVENT, placed.charges());
      }
      case Offer.Waiting waiting -> charge(Offence.EVICTED, waiting.evicted());
      case Offer.Bad bad -> {
        charge(Offence.BAD_EVENT, bad.refusal().what());
        charge(Offence.BAD_EVENT, bad.charges());
      }
      case Offer.Known known -> {}
    }
  }

  private void charge(Offence offence, List<Charge> charges) {
    charges.forEach(charge -> charge(offence, charge.why().what()));
  }

  private void charge(Offence offence, String what) {
    points += offence.points();
    refusals.merge(what, 1, Integer::sum);
  }

  private Bytes key(LogEntry entry) {
    return LogRecords.key(log.topic(), entry.place());
  }

  private void put(Bytes key, @Nullable Bytes value) {
    Bytes before = value == null ? store.remove(key) : store.put(key, value);
    storedBytes -= before == null ? 0 : key.size() + before.size();
    storedBytes += value == null ? 0 : key.size() + value.size();
  }

  /** Settles the log, brings the state to its end, stores all that, and drops junk. */
  void settle() {
    Deliveries.prove(log, store);
    log.takeDisturbed().ifPresent(change -> replay.disturbed(change.from(), change.to()));
    log.takeForked().forEach(replay::forked);
    Progress progress = step();
    while (progress instanceof Progress.More || progress instanceof Progress.Needs) {
      Deliveries.provide(progress, log, replay, store);
      progress = step();
    }
    if (progress instanceof Progress.Stalled stalled) {
      throw new IllegalStateException("replay stalled: " + stalled.reason());
    }
    for (LogEntry gone : log.dropUnheld(List.of(), Limits.UNHELD)) {
      put(key(gone), null);
    }
  }

  private Progress step() {
    Progress progress = replay.step(app, LIMITS);
    for (StoreWrite write : replay.drain().writes()) {
      put(write.key(), write.value());
    }
    return progress;
  }

  List<EventId> kept() {
    List<EventId> kept = new ArrayList<>();
    for (int i = 0; i < log.keptSize(); i++) {
      kept.add(log.keptAt(i).id());
    }
    return kept;
  }

  /** Whether the state is what a replay of the whole log from nothing gives. */
  boolean isAsFromNothing() {
    return replay.compareWithReplayFromNothing(app, LIMITS) instanceof Comparison.Same;
  }
}

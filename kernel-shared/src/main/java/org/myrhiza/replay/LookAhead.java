// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.TopicState;

/**
 * When an event wants values of the store, tries the events after it as if the state stayed as it
 * is, so that one read brings what they want, too. Nothing that a try comes to is kept: what it
 * wanted is a guess, which costs a read at most.
 */
final class LookAhead {
  private final KeptOrder log;
  private final TopicState state;
  private final History history;

  LookAhead(KeptOrder log, TopicState state, History history) {
    this.log = log;
    this.state = state;
    this.history = history;
  }

  /** Says what the next event wanted, which the state noted, and what those after it want. */
  Progress needs(Applier applier, ApplyLimits limits) {
    long bytes = state.missesBytes();
    TreeSet<Bytes> keys = new TreeSet<>(state.takeMissing());
    int first = history.size() + 1;
    int end = Math.min(log.keptSize(), first + Limits.LOOK_AHEAD_EVENTS);
    long fuel = limits.stepFuel() / Limits.LOOK_AHEAD_PART;
    for (int i = first; i < end && isMore(fuel, bytes, keys.size()); i++) {
      fuel -= look(log.keptAt(i), applier, limits);
      bytes += state.missesBytes();
      keys.addAll(state.takeMissing());
    }
    return new Progress.Needs(new ArrayList<>(keys));
  }

  private static boolean isMore(long fuel, long bytes, int keys) {
    return fuel > 0 && bytes < Limits.READ_BYTES && keys < Limits.READ_EVENTS;
  }

  /** Tries an event; returns the fuel that it took. */
  private long look(LogEntry entry, Applier applier, ApplyLimits limits) {
    Event event = log.event(entry.id());
    Optional<Delivery> delivery =
        event == null ? Optional.empty() : Delivery.of(event, entry.principal());
    if (delivery.isEmpty()) {
      return 0;
    }
    Overlay overlay = state.overlay(() -> log.isForked(entry));
    long budget = Calls.budget(delivery.get(), history.isFirst(entry), limits);
    Outcome outcome = applier.apply(overlay, delivery.get(), budget);
    if (outcome instanceof Outcome.Accepted && !overlay.misses()) {
      state.has(overlay);
    }
    return outcome.fuel();
  }
}

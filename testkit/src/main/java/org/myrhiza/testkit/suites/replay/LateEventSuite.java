// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.Source;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Backbone;
import org.myrhiza.testkit.graph.Deliveries;

/** What a late event costs depends on where it stands: what is before it is left alone. */
public final class LateEventSuite {
  private static final Source LINK = new Source(1);
  private static final ApplyLimits LIMITS = ApplyLimits.of(260_000);
  private static final int VISITORS = 6;

  private final List<Event> events = new ArrayList<>();
  private final Backbone backbone = new Backbone(new Seeded(11), events::add);
  private final Log full = Log.empty(backbone.topic());

  /** Made once per test. */
  public LateEventSuite() {
    for (int i = 0; i < VISITORS; i++) {
      backbone.goOn(1 + 3 * i);
      backbone.visit(2);
    }
    Deliveries.deliverAll(full, events, LINK);
  }

  /** Counts events under one key, so that each reads what the one before it wrote. */
  private static final Applier CHAIN =
      (state, event, fuel) -> {
        Bytes key = Bytes.of(1);
        Bytes before = state.get(key);
        int count = before == null ? 0 : before.at(0);
        state.put(key, Bytes.of(count + 1));
        return new Outcome.Accepted(1);
      };

  /** Accepts, and reads and writes nothing. */
  private static final Applier APART = (state, event, fuel) -> new Outcome.Accepted(1);

  private Replay withoutAndThenWith(LogEntry late, Applier app) {
    Log log = Log.empty(backbone.topic());
    Replay replay = Replay.of(log);
    for (Event event : events) {
      if (!event.id().equals(late.id())) {
        receive(event, log, replay);
      }
    }
    finish(replay, app);
    assertEquals(0, replay.counts().undone());
    assertEquals(delivered() - 1, replay.counts().applied());
    receive(Deliveries.event(full, late), log, replay);
    finish(replay, app);
    return replay;
  }

  private static void receive(Event event, Log log, Replay replay) {
    Deliveries.deliver(log, event, LINK);
    log.takeDisturbed().ifPresent(change -> replay.disturbed(change.from(), change.to()));
  }

  private static void finish(Replay replay, Applier app) {
    Progress progress = new Progress.More();
    for (int steps = 0; progress instanceof Progress.More && steps < 1_000; steps++) {
      progress = replay.step(app, LIMITS);
    }
    assertInstanceOf(Progress.Done.class, progress);
  }

  /** The events that go to the app: all but the joins. */
  private int delivered() {
    return full.keptSize() - VISITORS;
  }

  private int joinsAfter(LogEntry late) {
    int joins = 0;
    for (int i = full.keptBefore(late.place()) + 1; i < full.keptSize(); i++) {
      joins += full.keptAt(i).kind() == EventKind.JOIN ? 1 : 0;
    }
    return joins;
  }

  @Test
  void lateEvent_takesBackOnlyWhatSortsAfterIt() {
    TreeSet<Integer> distances = new TreeSet<>();
    for (EventId end : backbone.ends()) {
      LogEntry late = Optional.ofNullable(full.get(end)).orElseThrow();
      int after = full.keptSize() - full.keptBefore(late.place()) - 1;
      distances.add(after);
      String message = "after the late event stand " + after;
      Replay chain = withoutAndThenWith(late, CHAIN);
      assertEquals(after, chain.counts().undone(), message);
      int again = after - joinsAfter(late);
      assertEquals(delivered() + again, chain.counts().applied(), message);
      Replay apart = withoutAndThenWith(late, APART);
      assertEquals(delivered(), apart.counts().applied(), "the late event alone, " + message);
    }
    assertEquals(VISITORS, distances.size());
    assertTrue(distances.getFirst() < 5 && distances.getLast() > 40, "" + distances);
  }
}

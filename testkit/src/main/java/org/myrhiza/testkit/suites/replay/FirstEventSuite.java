// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.LogEntry;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.SkipRule;
import org.myrhiza.state.Overlay;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.ToyOrder;
import org.myrhiza.testkit.suite.Proves;

/** Which event is a principal's first, and so gets less fuel, while a rerun comes to a stop. */
public final class FirstEventSuite {
  private static final int SEEDS = 20;
  private static final int EVENTS = 24;
  private static final ApplyLimits LIMITS = ApplyLimits.of(300_000);

  /** Made once per test. */
  public FirstEventSuite() {}

  private static void finish(Replay replay, Applier app) {
    Progress progress = replay.step(app, LIMITS);
    for (int steps = 0; progress instanceof Progress.More; steps++) {
      assertTrue(steps < 10_000, "replay does not end");
      progress = replay.step(app, LIMITS);
    }
    assertInstanceOf(Progress.Done.class, progress);
  }

  @Test
  @Proves({"ORDER-7", "STATE-8"})
  void firstEventOfAPrincipal_thatNeverWentThrough_leavesTheirOldFirstAsItWas() {
    int seen = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      ToyOrder order = ToyOrder.random(new Seeded(seed), EVENTS, 100_000, 1_000);
      Replay replay = Replay.of(order, SkipRule.SOUND);
      LogEntry late =
          order.all().stream().skip(1).filter(FirstEventSuite::isApp).findFirst().orElseThrow();
      order.keep(late, false);
      finish(replay, FirstEventSuite::noteBudget);
      Bytes before = replay.digest();
      Place place = order.keep(late, true);
      replay.disturbed(place, place);
      Applier broken = (state, event, fuel) -> new Outcome.HostFailure("no memory");
      assertInstanceOf(Progress.Stalled.class, replay.step(broken, LIMITS));
      order.keep(late, false);
      replay.disturbed(place, place);
      finish(replay, FirstEventSuite::noteBudget);
      assertEquals(before, replay.digest(), "seed " + seed);
      order.keep(late, true);
      replay.disturbed(place, place);
      finish(replay, FirstEventSuite::noteBudget);
      seen += before.equals(replay.digest()) ? 0 : 1;
    }
    assertEquals(SEEDS, seen);
  }

  /** Also when the first one wrote nothing, so that nothing else says that something changed. */
  @Test
  @Proves({"ORDER-7", "STATE-8"})
  void nextEventOfAPrincipal_whoseFirstWent_runsAgain_alsoIfTheHostFailsMeanwhile() {
    int failed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      ToyOrder order = ToyOrder.random(new Seeded(seed), EVENTS, 100_000, 1_000);
      PublicKey founder = order.all().getFirst().principal();
      LogEntry first =
          order.all().stream()
              .filter(entry -> isApp(entry) && !entry.principal().equals(founder))
              .findFirst()
              .orElseThrow();
      Applier app =
          (state, event, fuel) ->
              event.id().equals(first.id())
                  ? new Outcome.Rejected("no", 1)
                  : noteBudget(state, event, fuel);
      Replay replay = Replay.of(order, SkipRule.SOUND);
      finish(replay, app);
      Place place = order.keep(first, false);
      replay.disturbed(place, place);
      Applier broken = (state, event, fuel) -> new Outcome.HostFailure("no memory");
      failed += replay.step(broken, LIMITS) instanceof Progress.Stalled ? 1 : 0;
      finish(replay, app);
      Replay fresh = Replay.of(order, SkipRule.SOUND);
      finish(fresh, app);
      assertEquals(fresh.digest(), replay.digest(), "seed " + seed);
    }
    assertTrue(failed > 10, "the host failed at the next one: " + failed);
  }

  private static boolean isApp(LogEntry entry) {
    return entry.kind() == EventKind.APP;
  }

  private static Outcome noteBudget(Overlay state, Delivery event, long fuel) {
    state.put(event.id().bytes(), Bytes.of(fuel < LIMITS.eventFuel() ? 1 : 0));
    return new Outcome.Accepted(1);
  }
}

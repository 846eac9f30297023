// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.log.Chain;
import org.myrhiza.log.Diff;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Log;
import org.myrhiza.log.Page;
import org.myrhiza.log.Source;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.EventGraph.Draft;
import org.myrhiza.testkit.graph.SlowLog;
import org.myrhiza.testkit.graph.ToyApp;
import org.myrhiza.testkit.suite.Proves;

/** What peers tell and send each other until they hold the same. */
public final class SyncSuite {
  private static final int SEEDS = 80;
  private static final Source LINK = new Source(1);
  private static final long MANY_BYTES = 1 << 20;

  /** Made once per test. */
  public SyncSuite() {}

  private static Log logOf(EventGraph graph, List<Event> events) {
    Log log = Log.empty(graph.topic());
    Deliveries.deliverAll(log, events, LINK);
    return log;
  }

  /** One side pulls: it tells its frontier as the kernel does and takes page after page. */
  private static int pull(Log from, Log to, int pageSize) {
    Diff diff = from.diff(to.frontierFor(from.frontier()));
    int received = 0;
    int waiting = to.pending();
    Page page = diff.next(pageSize, MANY_BYTES);
    while (true) {
      for (Event event : Deliveries.events(from, page)) {
        received++;
        Deliveries.deliver(to, event, LINK);
        assertEquals(waiting, to.pending(), "parents come first");
      }
      if (!page.more()) {
        return received;
      }
      page = diff.next(pageSize, MANY_BYTES);
    }
  }

  @Test
  @Proves("ORDER-8")
  void twoPeersThatPullFromEachOther_holdTheSame_alsoWithForks() {
    int rounds = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Seeded random = new Seeded(seed);
      EventGraph graph = EventGraph.random(random, 20 + random.nextInt(50), 3, 2);
      Log one = logOf(graph, graph.closedPart(random));
      Log other = logOf(graph, graph.closedPart(random));
      List<EventId> expected = held(graph, one, other);
      int round = 0;
      while (one.lacks(other.frontier()) || other.lacks(one.frontier()) || prove(one, other)) {
        pull(one, other, 1 + random.nextInt(9));
        pull(other, one, 1 + random.nextInt(9));
        assertTrue(++round < 4, "seed " + seed + " does not settle");
      }
      rounds = Math.max(rounds, round);
      assertEquals(expected, LogSuite.order(one), "seed " + seed);
      assertEquals(expected, LogSuite.order(other), "seed " + seed);
      assertEquals(one.frontier(), other.frontier(), "seed " + seed);
      assertEquals(0, pull(one, other, 9), "nothing is sent twice, seed " + seed);
    }
    assertEquals(2, rounds, "one round is enough, and one more where a fork came to light");
  }

  /** What the events of both, together, leave to be held. */
  private static List<EventId> held(EventGraph graph, Log one, Log other) {
    List<Event> all = new ArrayList<>(graph.events());
    all.removeIf(event -> !one.contains(event.id()) && !other.contains(event.id()));
    SlowLog slow = SlowLog.of(graph.topic(), all);
    List<EventId> held = new ArrayList<>(slow.order());
    held.retainAll(slow.held());
    return held;
  }

  /** Both tell each other what they know of forks; returns whether that was news to any. */
  private static boolean prove(Log one, Log other) {
    boolean toOther = teach(one, other);
    return teach(other, one) || toOther;
  }

  private static boolean teach(Log from, Log to) {
    boolean news = false;
    for (KnownFork fork : from.forks()) {
      if (to.isNews(fork)) {
        to.learn(from.proof(fork.key()));
        news = true;
      }
    }
    return news;
  }

  @Test
  void bothPullAtOnce_onFrontiersToldBefore_settle() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Seeded random = new Seeded(seed).fork("at once");
      EventGraph graph = EventGraph.random(random, 20 + random.nextInt(40), 2, 2);
      Log one = logOf(graph, graph.closedPart(random));
      Log other = logOf(graph, graph.closedPart(random));
      Page toOther = one.diff(other.frontierFor(one.frontier())).next(999, MANY_BYTES);
      Page toOne = other.diff(one.frontierFor(other.frontier())).next(999, MANY_BYTES);
      List<Event> events = Deliveries.events(one, toOther);
      Deliveries.deliverAll(one, Deliveries.events(other, toOne), LINK);
      Deliveries.deliverAll(other, events, LINK);
      prove(one, other);
      assertEquals(LogSuite.order(one), LogSuite.order(other), "seed " + seed);
    }
  }

  @Test
  @Proves("ORDER-8")
  void diff_withoutForks_sendsExactlyWhatIsLacking_inCanonicalOrder() {
    for (int seed = 0; seed < 30; seed++) {
      Seeded random = new Seeded(seed);
      EventGraph graph = EventGraph.random(random, 60, 4, 0);
      Log full = logOf(graph, graph.events());
      Log part = logOf(graph, graph.closedPart(random));
      List<EventId> lacking = LogSuite.order(full);
      lacking.removeAll(LogSuite.order(part));
      Diff diff = full.diff(part.frontier());
      List<EventId> sent = new ArrayList<>();
      Page page;
      do {
        assertEquals(lacking.size() - sent.size(), diff.remaining(), "seed " + seed);
        page = diff.next(1 + random.nextInt(7), 1_000);
        assertFalse(page.more() && page.entries().isEmpty(), "progress, seed " + seed);
        page.entries().forEach(entry -> sent.add(entry.id()));
      } while (page.more());
      assertEquals(lacking, sent, "seed " + seed);
      assertEquals(0, diff.remaining());
    }
  }

  @Test
  void eventsThatCameMeanwhile_areServedWhenTheyStandLater() {
    Seeded random = new Seeded(4);
    EventGraph graph = EventGraph.random(random, 40, 3, 0);
    Log log = logOf(graph, graph.events().subList(0, 20));
    Diff diff = log.diff(Frontier.NOTHING);
    List<Event> sent = new ArrayList<>(Deliveries.events(log, diff.next(5, MANY_BYTES)));
    Deliveries.deliverAll(log, graph.events(), LINK);
    Page page;
    do {
      page = diff.next(5, MANY_BYTES);
      sent.addAll(Deliveries.events(log, page));
    } while (page.more());
    TreeSet<EventId> ids = new TreeSet<>();
    sent.forEach(event -> assertTrue(ids.add(event.id()), "twice"));
    assertEquals(SlowLog.of(graph.topic(), sent).order().size(), sent.size(), "closed");
  }

  @Test
  void tenThousandEventsOfTwoAuthors_areServedInPages() {
    Seeded random = new Seeded(8);
    EventGraph graph = EventGraph.random(random, 8, 1, 0);
    Log log = logOf(graph, graph.events());
    Event founder = graph.events().getFirst();
    Event other = graph.events().get(1);
    List<Event> tips = new ArrayList<>(List.of(tip(log, founder), tip(log, other)));
    while (log.size() < 10_000) {
      int who = random.nextInt(2);
      Event next = next(graph, tips.get(who), tips.get(1 - who), random);
      Deliveries.deliver(log, next, LINK);
      tips.set(who, next);
    }
    Log joiner = Log.empty(graph.topic());
    assertEquals(10_000, pull(log, joiner, 500));
    assertEquals(log.frontier(), joiner.frontier());
    assertEquals(log.depth(), joiner.depth());
  }

  private static Event tip(Log log, Event first) {
    Chain chain = Optional.ofNullable(log.chain(first.header().signer())).orElseThrow();
    return Deliveries.event(log, chain.tips().getFirst());
  }

  private static Event next(EventGraph graph, Event prev, Event seen, Seeded random) {
    Clock clock = new Clock(prev.header().clock().millis() + 1, 0);
    Draft draft =
        new Draft(prev.header().seq() + 1, Optional.of(prev.id()), List.of(seen.id()), clock);
    AppPayload payload = new AppPayload(1, ToyApp.program(random));
    return EventGraph.event(
        graph.topic(), prev.header().signer(), draft, EventKind.APP, payload.encode());
  }

  @Test
  @Proves("ORDER-8")
  void frontier_hostileBytes_areRefused() {
    Seeded random = new Seeded(2);
    EventGraph graph = EventGraph.random(random, 30, 3, 2);
    Frontier frontier = logOf(graph, graph.events()).frontier();
    assertTrue(frontier.tips().size() > 3);
    HostileBytes.attack("frontier", Frontier.CODEC, Frontier.CODEC.encode(frontier));
    HostileBytes.attack("frontier", Frontier.CODEC, Frontier.CODEC.encode(Frontier.NOTHING));
  }
}

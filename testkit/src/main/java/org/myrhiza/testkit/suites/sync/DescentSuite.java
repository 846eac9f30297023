// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.log.Cut;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Log;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Source;
import org.myrhiza.log.Subtree;
import org.myrhiza.log.Tip;
import org.myrhiza.sync.Heads;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Backbone;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.sim.SyncNet;
import org.myrhiza.testkit.suite.Proves;

/** Peers find by comparing log trees what heads do not tell, and who lies on the way pays. */
final class DescentSuite {
  private static final Source LINK = new Source(99);
  private static final long LONG = 60_000;

  private final Seeded random = new Seeded(4);
  private final List<Event> events = new ArrayList<>();
  private final Backbone backbone = new Backbone(random, events::add);
  private final SyncNet net = new SyncNet();

  private int visitors = 300;

  private void grow() {
    for (int i = 0; i < visitors; i++) {
      backbone.goOn(3);
      backbone.visit(1 + random.nextInt(3));
    }
  }

  private static Log log(TopicId topic, List<Event> from, Set<EventId> without) {
    Log log = Log.empty(topic);
    List<Event> some = new ArrayList<>(from);
    some.removeIf(event -> without.contains(event.id()));
    Deliveries.deliverAll(log, some, LINK);
    return log;
  }

  private SyncNet.Node node(Set<EventId> without) {
    return net.add(log(backbone.topic(), events, without));
  }

  private Set<EventId> someEnds(int count) {
    TreeSet<EventId> some = new TreeSet<>();
    while (some.size() < count) {
      some.add(random.pick(backbone.ends()));
    }
    return some;
  }

  /** Heads that leave out what a chosen few would tell. */
  private static Message withoutHeads(Message message, Set<EventId> hidden) {
    if (!(message instanceof Message.Hello hello)) {
      return message;
    }
    List<Tip> tips = new ArrayList<>(hello.frontier().tips());
    tips.removeIf(tip -> hidden.contains(tip.id()));
    Heads heads = hello.heads();
    Heads some = new Heads(heads.revision(), heads.base(), new Frontier(tips), heads.gone());
    return new Message.Hello(some, hello.wish(), hello.held());
  }

  private static void assertSame(SyncNet.Node one, SyncNet.Node other) {
    assertEquals(one.log().tree().root(), other.log().tree().root());
    assertEquals(0, one.log().pending());
    assertEquals(0, other.log().pending());
  }

  @Test
  @Proves("SYNC-3")
  void whatHeadsDoNotTell_isFoundAndFetchedOnce_andNothingElse() {
    grow();
    Set<EventId> missing = someEnds(40);
    SyncNet.Node full = node(new TreeSet<>());
    SyncNet.Node part = node(missing);
    full.tamper((to, message) -> withoutHeads(message, missing));
    net.link(full, part);
    net.run(LONG);
    assertSame(full, part);
    assertEquals(missing.size(), part.events());
    assertEquals(0, part.duplicates());
    assertEquals(0, full.events());
    int rounds = part.heard(full, "Cuts");
    assertTrue(rounds > 0 && rounds <= 6, rounds + " rounds");
    assertEquals(0, part.points(full));
    assertTrue(part.sync().isSynced());
    net.run(LONG);
    assertEquals(rounds, part.heard(full, "Cuts"), "it is not done again");
  }

  @Test
  @Proves("SYNC-3")
  void bothMissSomething_bothFindIt() {
    grow();
    Set<EventId> ofOne = someEnds(30);
    Set<EventId> ofOther = someEnds(30);
    ofOther.removeAll(ofOne);
    TreeSet<EventId> hidden = new TreeSet<>(ofOne);
    hidden.addAll(ofOther);
    SyncNet.Node one = node(ofOne);
    SyncNet.Node other = node(ofOther);
    one.tamper((to, message) -> withoutHeads(message, hidden));
    other.tamper((to, message) -> withoutHeads(message, hidden));
    net.link(one, other);
    net.run(LONG);
    assertSame(one, other);
    assertEquals(events.size(), one.log().held());
    assertEquals(ofOne.size(), one.events());
    assertEquals(ofOther.size(), other.events());
  }

  @Test
  void withForksAndHeadsThatHide_peersHoldTheSame() {
    int descents = 0;
    for (int seed = 0; seed < 30; seed++) {
      Seeded how = new Seeded(seed).fork("descent");
      EventGraph graph = EventGraph.random(how, 40 + how.nextInt(60), 3, 2);
      SyncNet world = new SyncNet();
      SyncNet.Node one = world.add(log(graph.topic(), graph.closedPart(how), new TreeSet<>()));
      SyncNet.Node other = world.add(log(graph.topic(), graph.closedPart(how), new TreeSet<>()));
      TreeSet<EventId> hidden = new TreeSet<>();
      graph.events().stream().filter(_ -> how.chance(1, 3)).map(Event::id).forEach(hidden::add);
      one.tamper((to, message) -> withoutHeads(message, hidden));
      other.tamper((to, message) -> withoutHeads(message, hidden));
      world.link(one, other);
      world.run(3 * LONG);
      assertEquals(one.log().tree().root(), other.log().tree().root(), "seed " + seed);
      descents += one.heard(other, "Cuts") + other.heard(one, "Cuts");
      assertEquals(0, one.points(other) + other.points(one), "seed " + seed);
    }
    assertTrue(descents > 10, "some needed a descent: " + descents);
  }

  @Test
  void aLogThatGrowsMeanwhile_costsNothing() {
    grow();
    Set<EventId> missing = someEnds(40);
    SyncNet.Node full = node(new TreeSet<>());
    SyncNet.Node part = node(missing);
    full.tamper((to, message) -> {
      if (message instanceof Message.Cuts) {
        int before = events.size();
        backbone.goOn(1);
        backbone.visit(1);
        Deliveries.deliverAll(full.log(), events.subList(before, events.size()), LINK);
      }
      return withoutHeads(message, missing);
    });
    net.link(full, part);
    net.run(3 * LONG);
    assertTrue(missing.stream().allMatch(part.log()::contains));
    assertEquals(0, part.points(full));
  }

  // ---- liars

  /** A peer whose answers are changed, and an honest one that comes later and heals. */
  private SyncNet.Node lied(SyncNet.Tamper lie, int bound) {
    grow();
    Set<EventId> missing = someEnds(40);
    SyncNet.Node liar = node(new TreeSet<>());
    SyncNet.Node victim = node(missing);
    SyncNet.Node honest = node(new TreeSet<>());
    liar.tamper((to, message) -> {
      Message hidden = withoutHeads(message, missing);
      return lie.change(to, hidden);
    });
    honest.tamper((to, message) -> withoutHeads(message, missing));
    net.link(liar, victim);
    net.run(1);
    int asked = liar.heard(victim, "Descend") + liar.heard(victim, "Want");
    assertTrue(asked > 0 && asked <= bound, asked + " requests");
    assertNotEquals(honest.log().tree().root(), victim.log().tree().root());
    net.link(honest, victim);
    net.run(2 * LONG);
    assertEquals(honest.log().tree().root(), victim.log().tree().root());
    assertEquals(0, victim.points(honest));
    liarsPoints = victim.points(liar);
    reason = victim.reason(liar);
    return victim;
  }

  private int liarsPoints;
  private String reason = "";

  private static @Nullable Message cuts(Message message, CutLie lie) {
    if (!(message instanceof Message.Cuts cuts)) {
      return message;
    }
    return new Message.Cuts(cuts.number(), cuts.cuts().stream().map(lie::change).toList());
  }

  private interface CutLie {
    Cut change(Cut cut);
  }

  @Test
  @Proves("SYNC-4")
  void countsThatDoNotSum_costTheLink() {
    visitors = 1_000;
    lied(
        (to, message) ->
            cuts(
                message,
                cut -> {
                  List<Subtree> parts = new ArrayList<>(cut.parts());
                  parts.replaceAll(part ->
                      part.isLeaf()
                          ? part
                          : new Subtree(part.prefix(), part.count() + 1, part.hash()));
                  return new Cut(cut.of(), parts);
                }),
        2);
    assertTrue(liarsPoints >= Offence.INCONSISTENT.points());
    assertEquals("counts that do not add up", reason);
  }

  @Test
  @Proves("SYNC-4")
  void partsOutOfOrder_costTheLink() {
    lied((to, message) -> cuts(message, cut -> new Cut(cut.of(), cut.parts().reversed())), 2);
    assertEquals("ranges that are none of one log tree", reason);
  }

  @Test
  @Proves("SYNC-4")
  void rangesWithoutAnEnd_areLeftAfterABound() {
    lied(
        (to, message) ->
            cuts(
                message,
                cut -> {
                  int bits = cut.of().bits() + 1;
                  Bytes zero = Bytes.zeros((bits + 7) / 8);
                  Bytes hash = random.nextBytes(32);
                  return new Cut(cut.of(), List.of(new Subtree(new Prefix(bits, zero), 9, hash)));
                }),
        2 * (Limits.DESCENT_MOVES + 1));
    assertTrue(liarsPoints >= Offence.INCONSISTENT.points());
    assertEquals("a log tree that changes again and again", reason);
  }

  @Test
  @Proves("SYNC-4")
  void eventsThatAreToldAndNotServed_costTheLink() {
    lied(
        (to, message) ->
            message instanceof Message.Events page
                ? new Message.SyncComplete(page.number(), 0, 0)
                : message,
        8);
    assertTrue(liarsPoints >= Offence.UNSERVED.points());
    assertEquals("events of the log tree were not served", reason);
  }

  @Test
  @Proves("SYNC-4")
  void whoServesOneEventOfMany_isLeftForOthers() {
    lied(
        (to, message) ->
            message instanceof Message.Events page && page.events().size() > 1
                ? new Message.Events(page.number(), page.events().subList(0, 1), false)
                : message,
        8);
  }

  @Test
  void whoFallsSilent_isLeftForOthersAndNotCharged() {
    lied((to, message) -> message instanceof Message.Cuts ? null : message, 1);
    assertEquals(0, liarsPoints);
  }

  @Test
  @Proves("SYNC-5")
  void whoAsksTooMuch_isNotServedAndCharged() {
    events.clear();
    SyncNet.Node one = net.add(Log.empty(backbone.topic()));
    SyncNet.Node other = net.add(Log.empty(backbone.topic()));
    other.tamper((to, message) -> null);
    for (int i = 1; i <= Limits.REQUESTS + 10; i++) {
      net.say(other, one, new Message.Descend(i, List.of(Prefix.ALL)));
    }
    net.run(1);
    assertEquals(Limits.REQUESTS, other.heard(one, "Cuts"));
    assertEquals(10 * Offence.FLOOD.points(), one.points(other));
    net.run(Limits.FLOOD_MILLIS);
    net.say(other, one, new Message.Descend(9, List.of(Prefix.ALL)));
    net.run(1);
    assertEquals(Limits.REQUESTS + 1, other.heard(one, "Cuts"), "it may go on later");
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.log.Log;
import org.myrhiza.log.Source;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Backbone;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.sim.SyncNet;
import org.myrhiza.testkit.suite.Proves;

/** New events run along a tree of direct links, which mends itself. */
final class LiveSuite {
  private static final Source LINK = new Source(99);
  private static final int NODES = 16;
  private static final int EVENTS = 40;
  private static final long MOMENT = 20;
  private static final long LONG = 60_000;

  private final List<Event> events = new ArrayList<>();
  private final Backbone backbone = new Backbone(new Seeded(12), events::add);
  private final SyncNet net = new SyncNet();
  private final List<SyncNet.Node> nodes = new ArrayList<>();

  /** Nodes that hold the same, each linked with those that are less than so many away. */
  private void ring(int count, int reach) {
    for (int i = 0; i < count; i++) {
      Log log = Log.empty(backbone.topic());
      Deliveries.deliverAll(log, events, LINK);
      nodes.add(net.add(log));
    }
    for (int i = 0; i < count; i++) {
      for (int far = 1; far < reach; far++) {
        net.link(nodes.get(i), nodes.get((i + far) % count));
      }
    }
    net.run(LONG);
  }

  private Event author(SyncNet.Node node) {
    backbone.goOn(1);
    Event made = events.getLast();
    Deliveries.deliver(node.log(), made, Source.LOCAL);
    node.sync().push(List.of(made));
    return made;
  }

  private int brought() {
    return nodes.stream().mapToInt(SyncNet.Node::events).sum();
  }

  private void allHold(Event event) {
    for (SyncNet.Node node : nodes) {
      assertTrue(node.log().contains(event.id()), "node " + node.number());
    }
  }

  @Test
  @Proves("SYNC-8")
  void eachEventCrossesAboutAsManyLinksAsThereAreNodes() {
    ring(NODES, 4);
    for (int i = 0; i < EVENTS; i++) {
      allHold(pushed(nodes.get(i % 2)));
    }
    int before = brought();
    for (int i = 0; i < EVENTS; i++) {
      allHold(pushed(nodes.get(i % 2)));
    }
    int each = (brought() - before) / EVENTS;
    assertTrue(each < NODES * 5 / 4, "an event was brought " + each + " times");
    for (SyncNet.Node node : nodes) {
      for (SyncNet.Node other : nodes) {
        assertEquals(0, node.points(other));
      }
    }
  }

  /** Authors, and gives no time for anything but sending on. */
  private Event pushed(SyncNet.Node node) {
    Event made = author(node);
    net.run(MOMENT);
    return made;
  }

  @Test
  @Proves("SYNC-8")
  void whatIsLostOnTheTree_isAskedForOfWhoAnnouncedIt() {
    ring(4, 3);
    for (int i = 0; i < EVENTS; i++) {
      pushed(nodes.get(0));
    }
    SyncNet.Node deaf = nodes.get(2);
    List<SyncNet.Node> others = new ArrayList<>(nodes);
    others.remove(deaf);
    others.forEach(node ->
        node.tamper((to, message) ->
            to == deaf.number()
                    && (message instanceof Message.Hello
                        || (message instanceof Message.Events page && page.number() == 0))
                ? null
                : message));
    Event lost = pushed(nodes.get(0));
    assertFalse(deaf.log().contains(lost.id()), "it was lost");
    net.run(Limits.ANNOUNCE_MILLIS + Limits.GRAFT_MILLIS + MOMENT);
    assertTrue(deaf.log().contains(lost.id()), "nobody's heads told it");
    int grafts = others.stream().mapToInt(node -> node.heard(deaf, "Graft")).sum();
    assertTrue(grafts > 0, "it was asked for");
    others.forEach(node -> assertEquals(0, deaf.points(node)));
  }

  @Test
  @Proves("SYNC-8")
  void whoAnnouncesWhatItCannotServe_pays_andOthersAreAsked() {
    ring(3, 3);
    SyncNet.Node liar = nodes.get(0);
    SyncNet.Node victim = nodes.get(1);
    List<EventId> nobodys = List.of(new EventId(new Seeded(3).nextBytes(32)));
    net.say(liar, victim, new Message.Announce(nobodys));
    net.run(Limits.GRAFT_MILLIS + MOMENT);
    assertEquals(Offence.UNSERVED.points(), victim.points(liar));
    assertEquals("events were announced one by one and not served", victim.reason(liar));
    assertEquals(0, victim.points(nodes.get(2)));
    net.run(LONG);
    assertEquals(Offence.UNSERVED.points(), victim.points(liar), "once");
  }

  @Test
  @Proves("SYNC-8")
  void announcementsWithoutAnEnd_takeNoMoreRoomThanThereIs() {
    ring(2, 2);
    Seeded random = new Seeded(4);
    SyncNet.Node liar = nodes.get(0);
    SyncNet.Node victim = nodes.get(1);
    liar.tamper((to, message) -> message instanceof Message.SyncComplete ? null : message);
    int messages = 4 * Limits.ANNOUNCED_OF_LINK / Limits.PAGE_EVENTS;
    for (int i = 0; i < messages; i++) {
      List<EventId> ids = new ArrayList<>();
      for (int j = 0; j < Limits.PAGE_EVENTS; j++) {
        ids.add(new EventId(random.nextBytes(32)));
      }
      ids.sort(null);
      net.say(liar, victim, new Message.Announce(ids));
    }
    net.run(Limits.GRAFT_MILLIS + MOMENT);
    int grafts = liar.heard(victim, "Graft");
    assertEquals(Limits.ANNOUNCED_OF_LINK / Limits.PAGE_EVENTS, grafts);
    net.run(LONG);
    assertEquals(grafts, liar.heard(victim, "Graft"), "silence ends it");
  }

  @Test
  @Proves("SYNC-8")
  void announcingTooOften_isCharged() {
    ring(2, 2);
    List<EventId> known = List.of(events.getFirst().id());
    for (int i = 0; i < Limits.REQUESTS + 10; i++) {
      net.say(nodes.get(0), nodes.get(1), new Message.Announce(known));
    }
    net.run(1);
    assertEquals(10 * Offence.FLOOD.points(), nodes.get(1).points(nodes.get(0)));
  }

  @Test
  void whoIsThereOnlyOverOneLink_isNeverPruned() {
    ring(2, 2);
    for (int i = 0; i < 3; i++) {
      Event made = pushed(nodes.get(0));
      net.say(nodes.get(1), nodes.get(0), new Message.Events(0, List.of(made), false));
      net.run(MOMENT);
      allHold(made);
    }
    assertEquals(0, nodes.get(1).heard(nodes.get(0), "Prune"));
  }
}

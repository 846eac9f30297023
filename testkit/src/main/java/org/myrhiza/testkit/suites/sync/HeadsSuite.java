// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Log;
import org.myrhiza.log.Range;
import org.myrhiza.log.Source;
import org.myrhiza.log.Tip;
import org.myrhiza.sync.Heads;
import org.myrhiza.sync.Known;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Backbone;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.sim.SyncNet;
import org.myrhiza.testkit.suite.Proves;

/** Heads are told once, to few, and afterwards only what changed. */
final class HeadsSuite {
  private static final Source LINK = new Source(99);
  private static final int AUTHORS = 200;
  private static final int TIP_BYTES = 72;
  private static final long LONG = 60_000;

  private final List<Event> events = new ArrayList<>();
  private final Backbone backbone = new Backbone(new Seeded(12), events::add);
  private final SyncNet net = new SyncNet();

  private SyncNet.Node node() {
    Log log = Log.empty(backbone.topic());
    Deliveries.deliverAll(log, events, LINK);
    return net.add(log);
  }

  private void grow(int authors) {
    for (int i = 0; i < authors; i++) {
      backbone.goOn(1);
      backbone.visit(1);
    }
  }

  private static long said(SyncNet.Node node, String kind) {
    return node.bytes().getOrDefault(kind, 0L);
  }

  @Test
  @Proves("SYNC-7")
  void headsAreToldOnce_andThenWhatChanged() {
    grow(AUTHORS);
    SyncNet.Node one = node();
    SyncNet.Node other = node();
    net.link(one, other);
    net.run(1);
    long first = said(one, "Hello");
    assertTrue(first >= (long) AUTHORS * TIP_BYTES, "all of them: " + first + " bytes");
    for (int i = 0; i < 5; i++) {
      grow(1);
      Deliveries.deliverAll(one.log(), events, LINK);
      net.run(LONG);
      assertEquals(one.log().tree().root(), other.log().tree().root());
    }
    long more = said(one, "Hello") - first;
    assertTrue(more < first, "only what changed: " + more + " bytes after " + first);
    assertTrue(said(other, "Pull") < 5 * 10 * TIP_BYTES, "pulls name them");
  }

  @Test
  @Proves("SYNC-7")
  void aHelloThatGetsLost_isFollowedByOneThatTellsAll() {
    grow(AUTHORS);
    SyncNet.Node one = node();
    SyncNet.Node other = node();
    int[] lost = {0};
    one.tamper((to, message) -> message instanceof Message.Hello && lost[0]++ < 1 ? null : message);
    net.link(one, other);
    net.run(LONG);
    grow(1);
    Deliveries.deliverAll(one.log(), events, LINK);
    net.run(LONG);
    assertEquals(one.log().tree().root(), other.log().tree().root());
    assertEquals(0, one.points(other) + other.points(one));
  }

  @Test
  @Proves("SYNC-7")
  void aPullWithHeadsThatAreNotKnown_isMadeAgainWithThem() {
    grow(AUTHORS);
    SyncNet.Node full = node();
    Log part = Log.empty(backbone.topic());
    Deliveries.deliverAll(part, events.subList(0, events.size() / 2), LINK);
    SyncNet.Node late = net.add(part);
    late.tamper((to, message) ->
        message instanceof Message.Hello hello && hello.heads().base() > 0 ? null : message);
    net.link(full, late);
    net.run(1);
    late.tamper((to, message) ->
        message instanceof Message.Pull pull && pull.known().revision() > 0
            ? new Message.Pull(
                pull.number(),
                new Known(Long.MAX_VALUE, Frontier.NOTHING, List.of()),
                pull.maxEvents(),
                pull.range(),
                pull.ahead())
            : message);
    grow(2);
    Deliveries.deliverAll(full.log(), events, LINK);
    net.run(LONG);
    assertTrue(late.heard(full, "Unknown") > 0, "it did not know them");
    assertEquals(full.log().tree().root(), late.log().tree().root());
    assertEquals(0, full.points(late) + late.points(full));
  }

  @Test
  @Proves("SYNC-7")
  void aBaseThatWasNeverTold_isAskedToBeTold_andHeldAgainstNobody() {
    grow(3);
    SyncNet.Node one = node();
    SyncNet.Node other = node();
    net.link(one, other);
    net.run(LONG);
    int before = other.heard(one, "Hello");
    Heads change = new Heads(Long.MAX_VALUE, Long.MAX_VALUE - 1, Frontier.NOTHING, List.of());
    net.say(other, one, new Message.Hello(change, Wish.NONE, Optional.empty()));
    net.run(1);
    assertTrue(other.heard(one, "Hello") > before, "it asks for all");
    assertTrue(one.sync().isSynced());
    assertEquals(0, one.points(other));
  }

  @Test
  @Proves("SYNC-7")
  void helloesThatAskTooOften_areCharged() {
    SyncNet.Node one = node();
    SyncNet.Node other = node();
    net.link(one, other);
    net.run(LONG);
    for (int i = 0; i < Limits.REQUESTS + 10; i++) {
      net.say(other, one, new Message.Hello(Frontier.NOTHING, Wish.WHOLE));
    }
    int before = other.heard(one, "Hello");
    net.run(1);
    assertEquals(Limits.REQUESTS, other.heard(one, "Hello") - before);
    assertEquals(10 * Offence.FLOOD.points(), one.points(other));
  }

  @Test
  @Proves("SYNC-7")
  void moreHeadsThanAPeerMayTell_areCharged() {
    SyncNet.Node one = node();
    SyncNet.Node other = node();
    net.link(one, other);
    net.run(LONG);
    int most = org.myrhiza.log.Limits.FRONTIER_TIPS;
    one.wanted(0);
    Seeded random = new Seeded(5);
    net.say(other, one, new Message.Hello(tips(random, most), Wish.NONE));
    Heads more = new Heads(2, 1, tips(random, 1), List.of());
    net.say(other, one, new Message.Hello(more, Wish.NONE, Optional.empty()));
    net.run(1);
    assertEquals("more heads than a peer may tell", one.reason(other));
  }

  private static Frontier tips(Seeded random, int count) {
    List<Tip> tips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Bytes id = random.nextBytes(32);
      tips.add(new Tip(new PublicKey(id), 1, new EventId(id)));
    }
    tips.sort(null);
    return new Frontier(tips);
  }

  @Test
  @Proves("SYNC-7")
  void ofManyPeersFewAreTold_andAllHoldTheSame() {
    int many = 60;
    List<SyncNet.Node> nodes = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      nodes.add(node());
    }
    for (SyncNet.Node one : nodes) {
      for (SyncNet.Node other : nodes) {
        if (one.number() < other.number()) {
          net.link(one, other);
        }
      }
    }
    net.run(LONG);
    int before = hellos(nodes);
    grow(1);
    Deliveries.deliverAll(nodes.get(7).log(), events, LINK);
    net.run(LONG / 6);
    for (SyncNet.Node node : nodes) {
      assertEquals(
          nodes.get(7).log().tree().root(), node.log().tree().root(), "node " + node.number());
    }
    int told = hellos(nodes) - before;
    assertTrue(told < many * many, told + " hellos in ten seconds");
  }

  private static int hellos(List<SyncNet.Node> nodes) {
    int count = 0;
    for (SyncNet.Node one : nodes) {
      for (SyncNet.Node other : nodes) {
        count += one.heard(other, "Hello");
      }
    }
    return count;
  }

  @Test
  void aPullMayLeaveKeysOut() {
    grow(3);
    SyncNet.Node one = node();
    SyncNet.Node other = node();
    Frontier heads = one.log().frontier();
    PublicKey left = heads.tips().getFirst().key();
    net.say(other, one, new Message.Hello(Heads.whole(5, heads), Wish.NONE, Optional.empty()));
    Known known = new Known(5, Frontier.NOTHING, List.of(left));
    net.say(other, one, new Message.Pull(1, known, Limits.PAGE_EVENTS, Range.ALL, 0));
    net.run(1);
    assertEquals(1, other.heard(one, "Events"));
    assertEquals(other.events(), other.duplicates());
    assertTrue(other.events() > 0, "what it does not claim to hold is served");
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.Event;
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

/** What heads tell is brought by all who have it, each event once. */
final class FetchSuite {
  private static final Source LINK = new Source(99);
  private static final int PAGES = 12;
  private static final long LONG = 60_000;

  private final List<Event> events = new ArrayList<>();
  private final Backbone backbone = new Backbone(new Seeded(6), events::add);
  private final SyncNet net = new SyncNet();

  private SyncNet.Node node(int first) {
    Log log = Log.empty(backbone.topic());
    Deliveries.deliverAll(log, events.subList(0, first), LINK);
    return net.add(log);
  }

  private void grow() {
    while (events.size() < PAGES * Limits.PAGE_EVENTS) {
      backbone.goOn(20);
      backbone.visit(3);
    }
  }

  private final List<SyncNet.Node> servers = new ArrayList<>();

  private List<SyncNet.Node> servers(int count) {
    for (int i = 0; i < count; i++) {
      servers.add(node(events.size()));
    }
    return servers;
  }

  private void join(SyncNet.Node late, List<SyncNet.Node> servers) {
    for (SyncNet.Node server : servers) {
      net.link(late, server);
    }
    net.run(LONG);
  }

  private void assertFull(SyncNet.Node late, List<SyncNet.Node> servers) {
    assertEquals(servers.getFirst().log().tree().root(), late.log().tree().root());
    assertEquals(0, late.log().pending());
    assertTrue(late.sync().isSynced());
  }

  @Test
  @Proves("SYNC-6")
  void fourPeersServeALateOne_eachEventOnce() {
    grow();
    List<SyncNet.Node> servers = servers(4);
    SyncNet.Node late = node(0);
    join(late, servers);
    assertFull(late, servers);
    assertEquals(events.size(), late.events());
    assertEquals(0, late.duplicates());
    for (SyncNet.Node server : servers) {
      int pages = late.heard(server, "Events");
      assertTrue(pages >= PAGES / 8, "pages of " + server.number() + ": " + pages);
      assertEquals(0, late.points(server));
    }
  }

  @Test
  void onePeerServesALateOne_withPullsOneBehindTheOther() {
    grow();
    List<SyncNet.Node> servers = servers(1);
    SyncNet.Node late = node(0);
    join(late, servers);
    assertFull(late, servers);
    assertEquals(events.size(), late.events());
  }

  @Test
  void whoMissesSome_helpsAsFarAsItCan_andIsNotCharged() {
    grow();
    List<SyncNet.Node> servers = servers(2);
    servers.add(node(events.size() / 2));
    servers.add(node(1));
    SyncNet.Node late = node(0);
    join(late, servers);
    assertFull(late, servers);
    for (SyncNet.Node server : servers) {
      assertEquals(0, late.points(server));
      assertEquals(late.log().tree().root(), server.log().tree().root());
    }
  }

  @Test
  @Proves("SYNC-6")
  void whatASilentPeerWasAsked_goesToAnother() {
    grow();
    List<SyncNet.Node> servers = servers(3);
    SyncNet.Node silent = servers.get(1);
    int[] left = {2};
    silent.tamper((to, message) ->
        (message instanceof Message.Events || message instanceof Message.SyncComplete)
                && left[0]-- <= 0
            ? null
            : message);
    SyncNet.Node late = node(0);
    join(late, servers);
    assertFull(late, servers);
    assertTrue(silent.heard(late, "Pull") > 2, "it was asked in vain");
    assertEquals(events.size() + late.duplicates(), late.events());
    assertEquals(0, late.duplicates());
  }

  @Test
  void whoPlansAndFallsSilent_isFollowedByAnother() {
    grow();
    List<SyncNet.Node> servers = servers(3);
    int[] left = {3};
    servers
        .get(0)
        .tamper(
            (to, message) -> message instanceof Message.Events && left[0]-- <= 0 ? null : message);
    SyncNet.Node late = node(0);
    join(late, servers);
    assertFull(late, servers);
  }

  @Test
  @Proves("SYNC-6")
  void pagesThatDoNotFollowEachOther_areCharged() {
    grow();
    List<SyncNet.Node> servers = servers(2);
    servers
        .get(0)
        .tamper((to, message) ->
            message instanceof Message.Events page
                ? new Message.Events(
                    page.number(), page.events(), page.more(), page.plan().reversed(), page.left())
                : message);
    SyncNet.Node late = node(0);
    join(late, servers);
    assertFull(late, servers);
    assertTrue(late.points(servers.get(0)) >= Offence.INCONSISTENT.points());
    assertEquals(0, late.points(servers.get(1)));
  }

  @Test
  void nothingIsAskedForWhileNothingIsWanted() {
    grow();
    List<SyncNet.Node> servers = servers(2);
    SyncNet.Node late = node(0);
    late.wanted(0);
    join(late, servers);
    assertEquals(0, servers.get(0).heard(late, "Pull") + servers.get(1).heard(late, "Pull"));
    late.wanted(1);
    net.run(1);
    assertTrue(late.log().held() > 1, "with one event a page too");
    late.wanted(Limits.PAGE_EVENTS);
    net.run(LONG);
    assertFull(late, servers);
  }

  @Test
  void whoGoesAway_isFollowedByAnother() {
    grow();
    List<SyncNet.Node> servers = servers(2);
    SyncNet.Node late = node(0);
    int[] seen = {0};
    servers
        .get(0)
        .tamper((to, message) -> {
          if (message instanceof Message.Events && ++seen[0] == 3) {
            late.sync().peerDown(servers.get(0).number());
            return null;
          }
          return seen[0] < 3 ? message : null;
        });
    join(late, servers);
    assertFull(late, servers);
  }

  /** Pages of one server, with another number of what is left, and what is then shown. */
  private SyncNet.Node counted(LongUnaryOperator left, List<Long> shown) {
    grow();
    SyncNet.Node server = servers(1).getFirst();
    SyncNet.Node late = node(0);
    server.tamper((to, message) -> {
      if (!(message instanceof Message.Events page) || page.number() == 0) {
        return message;
      }
      shown.add(late.sync().toCome());
      return new Message.Events(
          page.number(), page.events(), page.more(), page.plan(), left.applyAsLong(page.left()));
    });
    join(late, List.of(server));
    assertFull(late, List.of(server));
    assertEquals(0, late.sync().toCome());
    return late;
  }

  @Test
  @Proves("SYNC-9")
  void whatIsToCome_isToldAndCountedDown() {
    List<Long> shown = new ArrayList<>();
    SyncNet.Node late = counted(left -> left, shown);
    assertEquals(0, shown.getFirst(), "nobody has said anything yet");
    assertTrue(shown.get(2) > events.size() - 4L * Limits.PAGE_EVENTS, "all that is left");
    for (int i = 3; i < shown.size(); i++) {
      assertTrue(shown.get(i) <= shown.get(i - 1), "it goes down: " + shown);
    }
    assertEquals(0, late.points(servers.getFirst()));
  }

  @Test
  @Proves("SYNC-9")
  void whoClaimsMoreThanItServes_isNotBelievedAgain_andShowsNoNonsense() {
    List<Long> shown = new ArrayList<>();
    counted(left -> left > 0 ? Limits.LEFT : 0, shown);
    assertTrue(shown.stream().allMatch(count -> count == 0), "" + shown);
  }

  @Test
  @Proves("SYNC-9")
  void whoClaimsALittleMoreThanItServes_isBelievedUntilThatShows() {
    List<Long> shown = new ArrayList<>();
    long much = (PAGES - 4L) * Limits.PAGE_EVENTS;
    SyncNet.Node late = counted(left -> left > much ? left + 300 : left, shown);
    assertTrue(shown.get(2) > much, "it was believed at first: " + shown);
    assertEquals(0, shown.getLast(), "and then no more: " + shown);
    assertEquals(0, late.points(servers.getFirst()));
  }

  @Test
  @Proves("SYNC-9")
  void countsThatDoNotAddUp_areCharged() {
    List<Long> shown = new ArrayList<>();
    SyncNet.Node late = counted(left -> left > 0 ? 1 : 0, shown);
    assertEquals("counts of what is left that do not add up", late.reason(servers.getFirst()));
    assertTrue(late.points(servers.getFirst()) >= Offence.INCONSISTENT.points());
    assertEquals(0, shown.getLast(), "it is not believed again");
  }
}

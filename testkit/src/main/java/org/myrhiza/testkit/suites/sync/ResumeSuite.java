// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Backbone;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.sim.SyncNet;
import org.myrhiza.testkit.suite.Proves;

/** A fetch that stops halfway goes on from there: what was brought is not brought again. */
final class ResumeSuite {
  private static final Source LINK = new Source(99);
  private static final int PAGES = 5;
  private static final long LONG = 60_000;

  private final List<Event> events = new ArrayList<>();
  private final Backbone backbone = new Backbone(new Seeded(6), events::add);
  private final SyncNet net = new SyncNet();
  private final SyncNet.Node server;

  ResumeSuite() {
    while (events.size() < PAGES * Limits.PAGE_EVENTS) {
      backbone.goOn(20);
      backbone.visit(3);
    }
    Log full = Log.empty(backbone.topic());
    Deliveries.deliverAll(full, events, LINK);
    server = net.add(full);
  }

  /** Fetches until so many pages went out, of which the last one is lost with the link. */
  private SyncNet.Node fetchUntil(int pages) {
    SyncNet.Node late = net.add(Log.empty(backbone.topic()));
    int[] sent = {0};
    server.tamper((to, message) -> {
      if (message instanceof Message.Events && ++sent[0] == pages) {
        late.sync().peerDown(server.number());
        server.sync().peerDown(late.number());
      }
      return sent[0] < pages ? message : null;
    });
    net.link(late, server);
    net.run(LONG);
    server.tamper((to, message) -> message);
    assertTrue(late.log().held() > 1 && late.log().held() < events.size(), "it stopped halfway");
    return late;
  }

  private void assertBringsTheRest(SyncNet.Node late, int before) {
    int held = late.log().held();
    net.link(late, server);
    net.run(LONG);
    assertEquals(server.log().tree().root(), late.log().tree().root());
    assertTrue(late.sync().isSynced());
    assertEquals(events.size() - held, late.events() - before, "events served afterwards");
    assertEquals(0, late.duplicates());
    assertEquals(0, late.points(server) + server.points(late));
  }

  @Test
  @Proves("SYNC-6")
  void aLinkThatIsLostAndComesBack_bringsOnlyTheRest() {
    for (int pages : new int[] {2, PAGES - 1}) {
      SyncNet.Node late = fetchUntil(pages);
      assertBringsTheRest(late, late.events());
    }
  }

  /** A log with what of another one's events was written, as a start finds it. */
  private Log restored(Log log, int written) {
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    for (LogEntry entry : log.page(0, written)) {
      StoredEvent stored = Deliveries.stored(log, entry);
      store.put(LogRecords.key(log.topic(), entry.place()), LogRecords.value(stored));
    }
    Log again = Log.empty(backbone.topic());
    store.forEach((key, value) -> again.stored().restore(key, value).orThrow());
    again.stored().restored();
    assertEquals(written, again.held());
    return again;
  }

  @Test
  @Proves("SYNC-6")
  void aRestartFromTheStore_bringsOnlyWhatWasNotWritten() {
    for (int unwritten : new int[] {1, Limits.PAGE_EVENTS}) {
      SyncNet.Node late = fetchUntil(PAGES - 1);
      Log again = restored(late.log(), late.log().held() - unwritten);
      assertBringsTheRest(net.add(again), 0);
    }
  }
}

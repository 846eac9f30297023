// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Chain;
import org.myrhiza.log.IndexRecords;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Counts;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.Verdict;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.BusyPeer;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.Indexes;
import org.myrhiza.testkit.graph.ToyApp;

/**
 * A start from the index of a log comes to what a start from all records comes to, and an index
 * that is not whole is of no use.
 */
public final class IndexSuite {
  private static final int SEEDS = 60;
  private static final int WAITING = 200;
  private static final int PAGE = 256;
  private static final long FUEL = 260_000;
  private static final ToyApp APP = new ToyApp();
  private static final Source LINK = new Source(1);

  /** Made once per test. */
  public IndexSuite() {}

  /** How often what was tried came about. */
  private static final class Tally {
    int compared;
    int dropped;
    int forked;
    int unfinished;
    int unheld;
  }

  private static void compare(int seed, Tally tally) {
    Seeded random = new Seeded(seed);
    EventGraph graph = EventGraph.random(random, EventGraph.Recipe.fenced(random));
    Seeded how = new Seeded(seed).fork("index");
    BusyPeer peer = new BusyPeer(graph, WAITING);
    List<ForkProof> proofs = graph.someProofs(how);
    for (int round = 0; round < 2; round++) {
      for (Event event : graph.shuffled(how)) {
        peer.hear(event, true);
        if (how.chance(1, 10) && !proofs.isEmpty()) {
          peer.hear(how.pick(proofs));
        }
        disturb(peer, how, tally);
        if (how.chance(1, 12)) {
          assertBothWays(peer, tally, "seed " + seed);
        }
      }
    }
    peer.persist();
    assertBothWays(peer, tally, "at the end, seed " + seed);
    tally.forked += peer.log().forkedKeys().size();
    tally.unheld += peer.log().size() - peer.log().held();
  }

  private static void disturb(BusyPeer peer, Seeded how, Tally tally) {
    if (how.chance(1, 3)) {
      peer.step(APP, BusyPeer.someLimits(how, FUEL));
    }
    if (how.chance(1, 3)) {
      peer.persist();
    }
    if (how.chance(1, 12)) {
      tally.dropped += peer.drop(APP, ApplyLimits.of(FUEL));
    }
    if (how.chance(1, 12)) {
      if (how.nextBoolean()) {
        peer.restart();
      } else {
        peer.restartWithoutIndex();
      }
    }
  }

  /** What is run again because values were in the store only is no result. */
  private static void assertSameVerdicts(BusyPeer one, BusyPeer other, String message) {
    Counts counts = one.replay().counts();
    Counts others = other.replay().counts();
    assertEquals(counts.accepted(), others.accepted(), message);
    assertEquals(counts.rejected(), others.rejected(), message);
    assertEquals(counts.rollbacks(), others.rollbacks(), message);
    assertEquals(counts.undone(), others.undone(), message);
  }

  private static void assertBothWays(BusyPeer peer, Tally tally, String message) {
    BusyPeer indexed = peer.twin();
    BusyPeer other = peer.twinWithoutIndex();
    assertSameLog(other.log(), indexed.log(), message);
    assertEquals(other.replay().counts(), indexed.replay().counts(), message);
    assertEquals(other.replay().materialised(), indexed.replay().materialised(), message);
    assertEquals(other.replay().caughtUp(), indexed.replay().caughtUp(), message);
    assertEquals(other.replay().digest(), indexed.replay().digest(), message);
    tally.compared++;
    tally.unfinished += other.replay().counts().rollbacks() > 0 ? 1 : 0;
    other.finish(APP, ApplyLimits.of(FUEL));
    indexed.finish(APP, ApplyLimits.of(FUEL));
    other.persist();
    indexed.persist();
    assertEquals(other.replay().digest(), indexed.replay().digest(), message);
    assertSameVerdicts(other, indexed, message);
    for (int i = 0; i < other.log().keptSize(); i++) {
      LogEntry entry = other.log().keptAt(i);
      Verdict verdict = other.verdict(entry);
      assertTrue(verdict != null, message);
      assertEquals(verdict, indexed.verdict(entry), message);
    }
  }

  /** In everything that a log answers, but for which of several events prove a fork. */
  private static void assertSameLog(Log expected, Log log, String message) {
    assertEquals(expected.size(), log.size(), message);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.validAt(i), log.validAt(i), message);
      LogEntry entry = expected.get(expected.validAt(i).id());
      assertEquals(entry, log.get(log.validAt(i).id()), message);
      assertTrue(entry != null, message);
      assertEquals(expected.isForked(entry), log.isForked(entry), message);
      assertEquals(expected.isKept(entry.id()), log.isKept(entry.id()), message);
    }
    assertEquals(expected.page(0, expected.size()), log.page(0, log.size()), message);
    assertEquals(expected.keptSize(), log.keptSize(), message);
    for (int i = 0; i < expected.keptSize(); i++) {
      assertEquals(expected.keptAt(i), log.keptAt(i), message);
    }
    assertEquals(expected.heads(), log.heads(), message);
    assertEquals(expected.depth(), log.depth(), message);
    assertEquals(expected.genesis(), log.genesis(), message);
    assertEquals(expected.forks(), log.forks(), message);
    assertEquals(expected.forkedKeys(), log.forkedKeys(), message);
    assertEquals(expected.frontier(), log.frontier(), message);
    assertEquals(expected.tree().root(), log.tree().root(), message);
    assertEquals(keys(expected), keys(log), message);
    for (PublicKey key : keys(expected)) {
      assertEquals(expected.author(key), log.author(key), message);
      assertEquals(expected.forkSeq(key), log.forkSeq(key), message);
      assertEquals(chain(expected, key), chain(log, key), message);
    }
  }

  private static List<PublicKey> keys(Log log) {
    return log.chains().stream().map(Chain::key).toList();
  }

  private static List<Object> chain(Log log, PublicKey key) {
    Chain chain = log.chain(key);
    if (chain == null) {
      return List.of();
    }
    List<LogEntry> tips = new ArrayList<>(chain.tips());
    tips.sort((one, other) -> one.place().compareTo(other.place()));
    return List.of(chain.length(), chain.forkedFrom(), chain.proof().isPresent(), tips);
  }

  @Test
  void startFromTheIndex_isAsOneFromAllRecords_whateverHappenedBefore() {
    Tally tally = new Tally();
    for (int seed = 0; seed < SEEDS; seed++) {
      compare(seed, tally);
    }
    assertTrue(tally.compared > 4 * SEEDS, "compared: " + tally.compared);
    assertTrue(tally.dropped > SEEDS / 4, "dropped: " + tally.dropped);
    assertTrue(tally.forked > SEEDS / 2, "forked: " + tally.forked);
    assertTrue(tally.unfinished > SEEDS / 4, "unfinished: " + tally.unfinished);
    assertTrue(tally.unheld > SEEDS / 4, "unheld: " + tally.unheld);
  }

  // ---- pages

  /** A log of more events than two pages have, which came in batches of some sizes. */
  private static Log grown(Seeded how, int most, SortedMap<Bytes, Bytes> store) {
    EventGraph graph = EventGraph.random(how, EventGraph.Recipe.plain(2 * PAGE + 100, 5, 0));
    Log log = Log.empty(graph.topic());
    int open = 0;
    for (Event event : graph.events()) {
      List<StoredEvent> placed = Deliveries.deliver(log, event, LINK);
      Deliveries.persist(log, placed, store);
      placed.forEach(one -> log.index().mark(one.id(), 7, 1));
      open -= placed.size();
      if (open <= 0) {
        Indexes.apply(log.index().take(), store);
        open = 1 + how.nextInt(most);
      }
    }
    Indexes.persist(log, store);
    return log;
  }

  private static int rows(Log log, SortedMap<Bytes, Bytes> store) {
    return Indexes.records(IndexRecords.ROWS, log.topic(), store).size();
  }

  @Test
  void batchesOfAnySize_leaveOneRecordForEachFullPage() {
    for (int most : List.of(1, 7, 100, 600)) {
      TreeMap<Bytes, Bytes> store = new TreeMap<>();
      Log log = grown(new Seeded(most), most, store);
      int left = log.size() % PAGE;
      int parts = rows(log, store) - log.size() / PAGE;
      assertTrue(log.size() > 2 * PAGE, "size " + log.size());
      assertTrue(most == 1 ? parts == left : parts <= left && parts >= 1, most + ": " + parts);
      Log again = Log.empty(log.topic());
      Indexes.restore(again, store).orThrow();
      again.stored().restored();
      assertSameLog(log, again, "batches up to " + most);
      Indexes.mark(again, List.of());
      assertFalse(again.index().isBehind());
    }
  }

  /** What comes after a start goes on in the last page, and replaces its parts when it is full. */
  @Test
  void pageThatFillsAfterAStart_isOneRecordToo() {
    Seeded how = new Seeded(3);
    EventGraph graph = EventGraph.random(how, EventGraph.Recipe.plain(2 * PAGE + 100, 5, 0));
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    Log log = Log.empty(graph.topic());
    for (Event event : graph.events()) {
      Deliveries.persist(log, Deliveries.deliver(log, event, LINK), store);
      Indexes.persist(log, store);
      if (how.chance(1, 60)) {
        log = Log.empty(graph.topic());
        Indexes.restore(log, store).orThrow();
        log.stored().restored();
      }
    }
    assertEquals(log.size() / PAGE + log.size() % PAGE, rows(log, store));
    Log all = Log.empty(graph.topic());
    Deliveries.deliverAll(all, graph.events(), LINK);
    assertSameLog(all, log, "after starts");
  }

  @Test
  void rowsThatAreLeftOver_makeNoIndex_untilTheyAreThere() {
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    Log log = grown(new Seeded(4), PAGE, store);
    Indexes.remove(log.topic(), store);
    Log anew = Log.empty(log.topic());
    store.forEach((key, value) -> anew.stored().restore(key, value).orThrow());
    anew.stored().restored();
    int batches = 0;
    while (anew.index().isBehind()) {
      assertFalse(Indexes.restore(Log.empty(log.topic()), store).isOk(), "batch " + batches);
      Indexes.apply(anew.index().take(PAGE), store);
      batches++;
    }
    assertEquals(3, batches);
    assertTrue(Indexes.restore(Log.empty(log.topic()), store).isOk());
  }

  // ---- damage

  @Test
  void recordThatIsMissing_cut_flippedOrAnother_isNoticed_andNothingIsTaken() {
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    Log log = grown(new Seeded(5), PAGE, store);
    Seeded how = new Seeded(6);
    TreeMap<Bytes, Bytes> index = new TreeMap<>(store);
    index.keySet().removeIf(key -> key.at(0) < IndexRecords.MARKS);
    List<Bytes> keys = List.copyOf(index.keySet());
    assertTrue(keys.size() >= 6, "records " + keys.size());
    for (Map.Entry<Bytes, Bytes> record : index.entrySet()) {
      Bytes value = record.getValue();
      byte[] flipped = value.toArray();
      flipped[how.nextInt(flipped.length)] ^= (byte) (1 << how.nextInt(Byte.SIZE));
      isNoticed(log, store, record.getKey(), null);
      isNoticed(log, store, record.getKey(), Bytes.EMPTY);
      isNoticed(log, store, record.getKey(), value.slice(0, how.nextInt(value.size())));
      isNoticed(log, store, record.getKey(), Bytes.adopt(flipped));
      Bytes other = keys.get((keys.indexOf(record.getKey()) + 1) % keys.size());
      isNoticed(log, store, record.getKey(), index.get(other));
    }
  }

  /** Also where as many events have marks as before. */
  @Test
  void recordThatIsOlderThanTheOthers_isNoticed() {
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    Log log = grown(new Seeded(8), PAGE, store);
    List<Integer> good = new ArrayList<>();
    for (int mark = 1; mark <= Byte.MAX_VALUE; mark++) {
      if (Replay.isMark(mark)) {
        good.add(mark);
      }
    }
    log.index().mark(log.at(0).id(), Byte.MAX_VALUE, good.getFirst());
    Indexes.persist(log, store);
    Bytes key = Indexes.records(IndexRecords.MARKS, log.topic(), store).firstKey();
    Bytes older = store.get(key);
    log.index().mark(log.at(0).id(), Byte.MAX_VALUE, good.getLast());
    Indexes.persist(log, store);
    assertTrue(Indexes.restore(Log.empty(log.topic()), store).isOk());
    assertNotEquals(older, store.get(key));
    isNoticed(log, store, key, older);
  }

  /** A kernel's own event is read with the rows. */
  @Test
  void ownEventOfTheKernel_thatIsMissing_isNoticed() {
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    Log log = grown(new Seeded(7), PAGE, store);
    isNoticed(log, store, store.firstKey(), null);
    isNoticed(log, store, store.firstKey(), Bytes.EMPTY);
  }

  private static void isNoticed(
      Log log, SortedMap<Bytes, Bytes> store, Bytes key, @Nullable Bytes value) {
    TreeMap<Bytes, Bytes> struck = new TreeMap<>(store);
    if (value == null) {
      struck.remove(key);
    } else {
      struck.put(key, value);
    }
    Log empty = Log.empty(log.topic());
    Decoded<?> read = Indexes.restore(empty, struck);
    assertFalse(read.isOk(), () -> key.toHex());
    assertEquals(0, empty.size());
  }
}

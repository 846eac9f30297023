// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Join;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Authoring;
import org.myrhiza.log.Candidate;
import org.myrhiza.log.Chain;
import org.myrhiza.log.Examined;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Limits;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Offer;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.Replay;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.EventGraph.Draft;
import org.myrhiza.testkit.graph.SlowLog;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** Validity, order, forks and what waits, against reference code and by example. */
public final class LogSuite {
  private static final int SEEDS = 60;
  private static final Source LINK = new Source(1);
  private static final Source OTHER = new Source(2);
  private static final Bytes NO_PROGRAM = Bytes.EMPTY;

  private final Seeded random = new Seeded(99);
  private final PublicKey founder = new PublicKey(random.nextBytes(32));
  private final PublicKey ann = new PublicKey(random.nextBytes(32));
  private final Event genesis = EventGraph.genesis(random, founder);
  private final TopicId topic = TopicId.of(genesis.id());

  /** Made once per test. */
  public LogSuite() {}

  private static EventGraph graph(int seed) {
    Seeded random = new Seeded(seed);
    return EventGraph.random(random, 20 + random.nextInt(40), 3, 2);
  }

  static List<EventId> order(Log log) {
    List<EventId> order = new ArrayList<>();
    log.page(0, log.size()).forEach(entry -> order.add(entry.id()));
    return order;
  }

  @Test
  @Proves({"ORDER-1", "ORDER-2", "ORDER-3"})
  void anyOrderOfArrival_givesTheReferencesOrderAndForks() {
    int invalid = 0;
    int forks = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      EventGraph graph = graph(seed);
      SlowLog slow = SlowLog.of(graph.topic(), graph.events());
      Seeded how = new Seeded(seed).fork("arrival");
      for (int run = 0; run < 3; run++) {
        Log log = Log.empty(graph.topic());
        Deliveries.deliverAll(log, graph.shuffled(how), LINK);
        assertAgree(slow, log, "seed " + seed + " run " + run);
      }
      invalid += graph.events().size() - slow.valid().size();
      forks += slow.forks().size();
    }
    assertTrue(invalid > SEEDS / 4, "the graphs hold invalid events: " + invalid);
    assertTrue(forks > SEEDS / 2, "the graphs hold forks: " + forks);
  }

  private static void assertAgree(SlowLog slow, Log log, String message) {
    List<EventId> held = new ArrayList<>(slow.order());
    held.retainAll(slow.held());
    assertEquals(held, order(log), message);
    TreeMap<PublicKey, Long> forks = new TreeMap<>();
    for (PublicKey key : log.forkedKeys()) {
      Chain chain = log.chain(key);
      assertNotNull(chain);
      forks.put(key, chain.forkedFrom().orElseThrow());
      assertTrue(chain.proof().isPresent(), message);
    }
    assertEquals(slow.forks(), forks, message);
    for (LogEntry entry : log.page(0, log.size())) {
      assertEquals(slow.principal(entry.id()), entry.principal(), message);
      assertEquals(entry, log.at(log.positionOf(entry.place())), message);
    }
  }

  @Test
  @Proves("ORDER-6")
  void tinyBuffers_loseNothingThatCanonicalOrderBringsAgain() {
    long evictions = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      EventGraph graph = graph(seed);
      Seeded how = new Seeded(seed).fork("tiny");
      Log tiny =
          Log.bounded(graph.topic(), how.nextInt(4), 1_000L * how.nextInt(4), Limits.BODY_BYTES);
      for (Event event : graph.shuffled(how)) {
        evictions += evicted(tiny, event);
      }
      Deliveries.deliverAll(tiny, graph.events(), OTHER);
      assertAgree(SlowLog.of(graph.topic(), graph.events()), tiny, "seed " + seed);
    }
    assertTrue(evictions > SEEDS, "evictions: " + evictions);
  }

  private static int evicted(Log log, Event event) {
    boolean waits =
        log.examine(event) instanceof Examined.Fresh(Candidate candidate)
            && log.offer(candidate, LINK) instanceof Offer.Waiting waiting
            && !waiting.evicted().isEmpty();
    return waits ? 1 : 0;
  }

  @Test
  void storedEntries_restoreTheSameLog() {
    for (int seed = 0; seed < 20; seed++) {
      EventGraph graph = graph(seed);
      Log log = Log.empty(graph.topic());
      TreeMap<Bytes, Bytes> store = new TreeMap<>();
      for (Event event : graph.shuffled(new Seeded(seed))) {
        Deliveries.persist(log, Deliveries.deliver(log, event, LINK), store);
      }
      Log restored = Log.empty(graph.topic());
      store.forEach((key, value) -> assertTrue(restored.stored().restore(key, value).isOk()));
      assertAgree(SlowLog.of(graph.topic(), graph.events()), restored, "seed " + seed);
      assertEquals(log.frontier(), restored.frontier(), "seed " + seed);
      assertEquals(log.genesis(), restored.genesis());
      assertTrue(store.firstKey().compareTo(LogRecords.from(graph.topic())) > 0);
      assertTrue(store.lastKey().compareTo(LogRecords.to(graph.topic())) < 0);
    }
  }

  @Test
  @Proves("STATE-7")
  void storedEntry_thatIsDamagedOrWithoutItsPast_isRefused() {
    Log log = begun();
    Event join = place(log, join(ann, List.of(genesis.id())));
    Bytes key = LogRecords.key(topic, entry(log, join).place());
    Bytes value = LogRecords.value(Deliveries.stored(log, entry(log, join)));
    assertFalse(Log.empty(topic).stored().restore(key, value).isOk(), "no past");
    Log fresh = begun();
    for (int i = 0; i < value.size(); i += 7) {
      assertFalse(fresh.stored().restore(key, value.slice(0, i)).isOk(), "cut to " + i);
    }
    for (int i = 0; i < key.size(); i++) {
      Bytes flipped =
          Bytes.concat(key.slice(0, i), Bytes.of(key.at(i) ^ 1), key.slice(i + 1, key.size()));
      boolean rank = i >= 41 && i < 57;
      assertTrue(rank || !fresh.stored().restore(flipped, value).isOk(), "byte " + i);
      assertFalse(fresh.stored().restore(key.slice(0, i), value).isOk());
    }
    assertEquals(1, fresh.size());
    assertTrue(fresh.stored().restore(key, value).isOk());
  }

  // ---- by example

  private Log begun() {
    Log log = Log.empty(topic);
    assertInstanceOf(Offer.Placed.class, offer(log, genesis, LINK));
    return log;
  }

  private static Offer offer(Log log, Event event, Source source) {
    Examined examined = log.examine(event);
    Examined.Fresh fresh = assertInstanceOf(Examined.Fresh.class, examined);
    return log.offer(fresh.candidate(), source);
  }

  private static Event place(Log log, Event event) {
    assertInstanceOf(Offer.Placed.class, offer(log, event, LINK));
    return event;
  }

  private static LogEntry entry(Log log, Event event) {
    LogEntry entry = log.get(event.id());
    assertNotNull(entry);
    return entry;
  }

  private Event join(PublicKey key, List<EventId> deps) {
    Bytes payload = Join.CODEC.encode(new Join(Optional.empty(), Optional.empty()));
    Draft draft = new Draft(1, Optional.empty(), sorted(deps), new Clock(2_000, 0));
    return EventGraph.event(topic, key, draft, EventKind.JOIN, payload);
  }

  private static List<EventId> sorted(List<EventId> ids) {
    return List.copyOf(new TreeSet<>(ids));
  }

  private Event next(Event prev, int tag, EventId... deps) {
    return at(prev, tag, prev.header().clock().millis() + 1, deps);
  }

  private Event at(Event prev, int tag, long millis, EventId... deps) {
    Draft draft =
        new Draft(
            prev.header().seq() + 1,
            Optional.of(prev.id()),
            sorted(List.of(deps)),
            new Clock(millis, 0));
    Bytes payload = new AppPayload(tag, NO_PROGRAM).encode();
    return EventGraph.event(topic, prev.header().signer(), draft, EventKind.APP, payload);
  }

  @Test
  @Proves({"ORDER-1", "ORDER-6"})
  void eventWithoutItsPast_waitsAndShowsNowhere() {
    Log log = begun();
    Event join = join(ann, List.of(genesis.id()));
    Event second = next(join, 1);
    Event third = next(second, 2);
    Offer.Waiting waiting = assertInstanceOf(Offer.Waiting.class, offer(log, third, LINK));
    assertEquals(List.of(second.id()), waiting.missing());
    assertInstanceOf(Examined.Known.class, log.examine(third));
    assertEquals(1, log.size());
    assertEquals(1, log.pending());
    assertEquals(1, log.pending(LINK));
    assertEquals(0, log.pending(OTHER));
    assertNull(log.get(third.id()));
    assertEquals(List.of(genesis.id()), log.heads());
    assertEquals(1, log.frontier().tips().size());
    offer(log, second, OTHER);
    assertEquals(List.of(join.id()), log.missing(10));
    assertEquals(List.of(join.id()), log.missing(OTHER, 10));
    assertEquals(List.of(), log.missing(LINK, 10));
    Offer.Placed placed = assertInstanceOf(Offer.Placed.class, offer(log, join, OTHER));
    assertEquals(3, placed.events().size());
    assertEquals(0, log.pending());
    assertEquals(List.of(), log.missing(10));
  }

  @Test
  @Proves({"ORDER-2", "ORDER-6"})
  void clockNotAboveItsPrevious_isNeverValid_andWhatWaitedForItIsChargedToItsLink() {
    Log log = begun();
    Event join = place(log, join(ann, List.of(genesis.id())));
    Event late = at(join, 1, 2_000);
    Event after = next(late, 2);
    Event afterThat = next(after, 3);
    offer(log, afterThat, LINK);
    offer(log, after, OTHER);
    Offer.Bad bad = assertInstanceOf(Offer.Bad.class, offer(log, late, LINK));
    assertEquals(2, bad.charges().size());
    assertEquals(OTHER, bad.charges().getFirst().source());
    assertEquals(0, log.pending());
    assertEquals(2, log.size());
    assertEquals(List.of(), log.missing(10));
    assertInstanceOf(Examined.Bad.class, log.examine(late), "once known, refused at once");
    assertInstanceOf(Examined.Bad.class, log.examine(next(after, 4)), "and what cites it");
  }

  @Test
  void waitingEventThatProvesWrong_isChargedToItsLink() {
    Log log = begun();
    Event join = join(ann, List.of(genesis.id()));
    offer(log, at(join, 1, 1_999), OTHER);
    Offer.Placed placed = assertInstanceOf(Offer.Placed.class, offer(log, join, LINK));
    assertEquals(1, placed.events().size());
    assertEquals(OTHER, placed.charges().getFirst().source());
  }

  @Test
  @Proves("ORDER-2")
  void joinWithTheFoundersKey_isNeverValid() {
    Log log = begun();
    assertInstanceOf(Offer.Bad.class, offer(log, join(founder, List.of(genesis.id())), LINK));
  }

  @Test
  @Proves("ORDER-2")
  void prevOfAnotherKey_isNeverValid() {
    Log log = begun();
    Event join = place(log, join(ann, List.of(genesis.id())));
    Event stolen = next(genesis, 1);
    Draft draft = new Draft(2, Optional.of(join.id()), List.of(), stolen.header().clock());
    Bytes payload = new AppPayload(1, NO_PROGRAM).encode();
    Event event = EventGraph.event(topic, founder, draft, EventKind.APP, payload);
    assertInstanceOf(Offer.Bad.class, offer(log, event, LINK));
  }

  @Test
  void eventOfAnotherTopic_isBad() {
    Log log = begun();
    Event other = EventGraph.genesis(new Seeded(3), founder);
    assertInstanceOf(Examined.Bad.class, log.examine(other));
  }

  @Test
  void fork_isKnownFromItsLeastSeq_andWhatNobodyAcknowledgedIsNotHeld() {
    Log log = begun();
    Event join = place(log, join(ann, List.of(genesis.id())));
    Event second = place(log, next(join, 1));
    Event third = place(log, next(second, 1));
    place(log, next(third, 1));
    Event otherThird = place(log, next(second, 2));
    assertEquals(Optional.of(3L), chain(log).forkedFrom());
    place(log, next(otherThird, 2));
    place(log, next(join, 2));
    assertEquals(Optional.of(2L), chain(log).forkedFrom());
    assertEquals(List.of(join.id()), chain(log).tips().stream().map(LogEntry::id).toList());
    assertEquals(8, log.size());
    assertEquals(2, log.held());
    assertInstanceOf(Authoring.OwnFork.class, log.author(ann));
    assertEquals(List.of(ann), log.forkedKeys());
    place(log, join(ann, List.of(join.id())));
    assertEquals(Optional.of(1L), chain(log).forkedFrom());
  }

  private Chain chain(Log log) {
    Chain chain = log.chain(ann);
    assertNotNull(chain);
    return chain;
  }

  @Test
  void forksOfEventsThatLeftMemory_count_andAreProvedPairByPair() {
    Log log = Log.withBodies(topic, 1);
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    Deliveries.persist(log, Deliveries.deliver(log, genesis, LINK), store);
    List<Event> joins = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      PublicKey key = new PublicKey(Bytes.zeros(31).plus(Bytes.of(100 + i)));
      Event join = join(key, List.of(genesis.id()));
      joins.add(join);
      Deliveries.persist(log, Deliveries.deliver(log, join, LINK), store);
      Deliveries.persist(log, Deliveries.deliver(log, next(join, 1), LINK), store);
    }
    for (Event join : joins) {
      Event other = next(join, 2);
      Deliveries.persist(log, Deliveries.deliver(log, other, LINK), store);
      assertFalse(log.isKept(other.id()), "it counts as a fork at once");
    }
    assertEquals(List.of(), log.takeProofs());
    assertEquals(List.of(), log.forks());
    assertEquals(2, log.stored().unproved().size());
    Deliveries.prove(log, store);
    assertEquals(List.of(), log.stored().unproved());
    assertEquals(5, log.takeProofs().size());
    assertEquals(5, log.forks().size());
  }

  private static Bytes stored(Map<Bytes, Bytes> store, Bytes key) {
    return Objects.requireNonNull(store.get(key));
  }

  @Test
  void aForkIsProved_alsoIfReadingOneOfItsEventsPushesTheOtherOutOfMemory() {
    Log log = Log.withBodies(topic, 1);
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    Event join = join(ann, List.of(genesis.id()));
    PublicKey bob = new PublicKey(random.nextBytes(32));
    Event other = join(bob, List.of(genesis.id()));
    Event first = next(join, 1);
    Event second = next(join, 2);
    Event one = next(other, 1);
    Event two = next(one, 1);
    for (Event event : List.of(genesis, join, other, first, one, two, second, next(two, 1))) {
      Deliveries.persist(log, Deliveries.deliver(log, event, LINK), store);
    }
    List<LogEntry> needed = log.stored().unproved();
    assertEquals(List.of(first.id(), second.id()), needed.stream().map(LogEntry::id).toList());
    assertEquals(second, log.event(second.id()));
    Bytes key = LogRecords.key(topic, needed.get(0).place());
    StoredEvent read = log.stored().loaded(key, stored(store, key)).orThrow();
    assertEquals(List.of(), log.takeProofs());
    log.stored().prove(List.of(read, new StoredEvent(needed.get(1), second)));
    assertEquals(List.of(ForkProof.of(first, second)), log.takeProofs());
    assertEquals(List.of(), log.stored().unproved());
  }

  @Test
  @Proves("ORDER-5")
  void author_citesItsPreviousAndTheOtherHeads_atMost63OfLeastRank() {
    Log log = Log.empty(topic);
    assertInstanceOf(Authoring.NoGenesis.class, log.author(ann));
    offer(log, genesis, LINK);
    Authoring.Next first = assertInstanceOf(Authoring.Next.class, log.author(ann));
    assertEquals(1, first.seq());
    assertEquals(List.of(genesis.id()), first.deps());
    Event join = place(log, join(ann, first.deps()));
    TreeMap<Bytes, EventId> ranks = new TreeMap<>();
    for (int i = 0; i < 80; i++) {
      PublicKey key = new PublicKey(random.nextBytes(32));
      Event head = place(log, join(key, List.of(genesis.id())));
      Bytes place = entry(log, head).place().key();
      ranks.put(place.slice(8, 56), head.id());
    }
    Authoring.Next next = assertInstanceOf(Authoring.Next.class, log.author(ann));
    assertEquals(2, next.seq());
    assertEquals(Optional.of(join.id()), next.prev());
    assertEquals(join.header().clock(), next.after());
    assertEquals(sorted(new ArrayList<>(ranks.values()).subList(0, 63)), next.deps());
  }

  @Test
  @Proves("ORDER-6")
  void pendingBuffer_isPerLink_andTheLatestOfThatLinkGoesFirst() {
    Log log = Log.bounded(topic, 2, 1_000_000, Limits.BODY_BYTES);
    Event join = join(ann, List.of(genesis.id()));
    Event second = next(join, 1);
    Event third = next(second, 1);
    Event fourth = next(third, 1);
    offer(log, fourth, LINK);
    offer(log, third, LINK);
    Offer.Waiting waiting = assertInstanceOf(Offer.Waiting.class, offer(log, second, LINK));
    assertEquals(fourth.id(), waiting.evicted().getFirst().event());
    assertEquals(LINK, waiting.evicted().getFirst().source());
    assertInstanceOf(Examined.Fresh.class, log.examine(fourth));
    offer(log, fourth, OTHER);
    assertEquals(3, log.pending());
    log.forget(LINK);
    assertEquals(1, log.pending());
    assertEquals(List.of(third.id()), log.missing(10));
  }

  @Test
  @Proves({"ORDER-3", "ORDER-8"})
  void vectors_ofTheSpecification_hold() {
    JsonValue file = Json.parse(VectorFiles.spec("order.json"));
    Log log = Log.empty(new TopicId(Bytes.copyOf(file.at("topic").hex())));
    for (JsonValue event : file.at("events").items()) {
      Deliveries.deliver(log, Event.CODEC.decode(Bytes.copyOf(event.hex())).orThrow(), LINK);
    }
    List<JsonValue> order = file.at("order").items();
    assertEquals(order.size(), log.size());
    Place last = null;
    for (int i = 0; i < order.size(); i++) {
      LogEntry entry = log.get(new EventId(Bytes.copyOf(order.get(i).at("id").hex())));
      assertNotNull(entry);
      assertTrue(last == null || last.compareTo(entry.place()) < 0);
      last = entry.place();
      assertEquals(order.get(i).at("depth").number(), entry.depth());
      assertEquals(order.get(i).at("rank").text(), entry.place().rank().toHex());
      assertEquals(order.get(i).at("principal").text(), entry.principal().bytes().toHex());
    }
    List<String> heads = new ArrayList<>();
    file.at("heads").items().forEach(head -> heads.add(head.text()));
    assertEquals(heads, log.heads().stream().map(id -> id.bytes().toHex()).toList());
    for (JsonValue fork : file.at("forks").items()) {
      Chain chain = log.chain(new PublicKey(Bytes.copyOf(fork.at("key").hex())));
      assertNotNull(chain);
      assertEquals(Optional.of(fork.at("seq").number()), chain.forkedFrom());
    }
    assertEquals(file.at("forks").items().size(), log.forkedKeys().size());
    String frontier = Frontier.CODEC.encode(log.frontier()).toHex();
    assertEquals(file.at("frontier").text(), frontier);
    Replay replay = Replay.of(log);
    replay.step((state, event, fuel) -> new Outcome.Accepted(1), ApplyLimits.of(1));
    assertEquals(file.at("digest").text(), replay.digest().toHex());
  }
}

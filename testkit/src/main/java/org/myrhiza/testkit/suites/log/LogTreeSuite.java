// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.log.Cut;
import org.myrhiza.log.Limits;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Source;
import org.myrhiza.log.Subtree;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.SlowTrie;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The Merkle tree over what is held, against one that is built from nothing. */
public final class LogTreeSuite {
  private static final int SEEDS = 40;
  private static final Source LINK = new Source(1);

  /** Made once per test. */
  public LogTreeSuite() {}

  private static List<Bytes> heldPlaces(Log log) {
    List<Bytes> places = new ArrayList<>();
    log.page(0, log.held()).forEach(entry -> places.add(entry.place().key()));
    return places;
  }

  private static List<Bytes> within(Prefix range, List<Bytes> places) {
    return places.stream()
        .filter(place -> range.covers(new Prefix(Prefix.PLACE_BITS, place)))
        .toList();
  }

  private static Subtree slow(Prefix range, List<Bytes> places) {
    List<Bytes> inside = within(range, places);
    return new Subtree(range, inside.size(), SlowTrie.logRoot(inside));
  }

  @Test
  @Proves("SYNC-1")
  void whateverCameWhen_theTreeIsThatOfTheHeldEventsAlone() {
    int unheld = 0;
    int dropped = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Seeded random = new Seeded(seed).fork("log tree");
      EventGraph graph = EventGraph.random(random, EventGraph.Recipe.fenced(random));
      Log log = Log.empty(graph.topic());
      int before = 0;
      for (Event event : graph.shuffled(random)) {
        Deliveries.deliver(log, event, LINK);
        if (random.nextInt(4) == 0) {
          assertEquals(slow(Prefix.ALL, heldPlaces(log)), log.tree().root(), "seed " + seed);
        }
        dropped += log.held() < before ? 1 : 0;
        before = log.held();
      }
      for (ForkProof proof : graph.proofs()) {
        log.learn(proof);
        assertEquals(slow(Prefix.ALL, heldPlaces(log)), log.tree().root(), "seed " + seed);
      }
      unheld += log.size() - log.held();
    }
    assertTrue(unheld > SEEDS, "some events are not held: " + unheld);
    assertTrue(dropped > 0, "some were held and are no longer: " + dropped);
  }

  @Test
  @Proves({"SYNC-1", "SYNC-2"})
  void everyRange_takenApart_addsUpToWhatItIs() {
    int inner = 0;
    for (int seed = 0; seed < SEEDS / 4; seed++) {
      Seeded random = new Seeded(seed).fork("cut");
      EventGraph graph = EventGraph.random(random, 150, 6, 2);
      Log log = Log.empty(graph.topic());
      Deliveries.deliverAll(log, graph.events(), LINK);
      List<Bytes> places = heldPlaces(log);
      for (int i = 0; i < 20; i++) {
        Bytes path = random.pick(places);
        int bits = random.nextInt(random.nextBoolean() ? 80 : Prefix.PLACE_BITS + 1);
        Prefix range = range(path, bits);
        Cut cut = log.tree().cut(range, 2 + random.nextInt(30));
        boolean few = within(range, places).size() <= Limits.CUT_LEAVES;
        String message = "seed " + seed + ", " + range;
        assertEquals(slow(range, places), log.tree().subtree(range), message);
        assertEquals(Optional.of(slow(range, places)), cut.whole(), message);
        for (Subtree part : cut.parts()) {
          assertEquals(slow(part.prefix(), places), part, message);
          assertEquals(part.isLeaf(), few || part.count() == 1, message);
          inner += part.isLeaf() ? 0 : 1;
        }
      }
      assertEquals(0, log.tree().subtree(elsewhere()).count());
      assertEquals(List.of(), log.tree().cut(elsewhere(), 9).parts());
    }
    assertTrue(inner > SEEDS, "subtrees as well as events: " + inner);
  }

  private static Prefix range(Bytes path, int bits) {
    int[] bytes = new int[(bits + 7) / 8];
    for (int i = 0; i < bits; i++) {
      bytes[i / 8] |= path.at(i / 8) & 1 << (7 - i % 8);
    }
    return new Prefix(bits, Bytes.of(bytes));
  }

  private static Prefix elsewhere() {
    return new Prefix(8, Bytes.of(0x7f));
  }

  @Test
  @Proves("SYNC-2")
  void partsThatAreNoneOfOneTree_areNotTaken() {
    EventGraph graph = EventGraph.random(new Seeded(3), 150, 6, 0);
    Log log = Log.empty(graph.topic());
    Deliveries.deliverAll(log, graph.events(), LINK);
    Cut good = log.tree().cut(Prefix.ALL, 20);
    assertTrue(good.whole().isPresent());
    List<Subtree> parts = new ArrayList<>(good.parts());
    parts.add(1, parts.getFirst());
    assertEquals(Optional.empty(), new Cut(Prefix.ALL, parts).whole(), "one twice");
    assertEquals(Optional.empty(), new Cut(Prefix.ALL, good.parts().reversed()).whole(), "order");
    Prefix narrow = range(good.parts().getFirst().prefix().bytes(), 64);
    assertEquals(Optional.empty(), new Cut(narrow, good.parts()).whole(), "outside");
    Subtree wide = log.tree().subtree(Prefix.ALL);
    List<Subtree> nested = List.of(wide, good.parts().getLast());
    assertEquals(Optional.empty(), new Cut(Prefix.ALL, nested).whole(), "one within another");
    Subtree none = new Subtree(elsewhere(), 0, wide.hash());
    assertEquals(Optional.empty(), new Cut(Prefix.ALL, List.of(none)).whole(), "no events");
    List<Subtree> fewer = good.parts().subList(1, good.parts().size());
    assertNotEquals(good.whole(), new Cut(Prefix.ALL, fewer).whole(), "one left out");
  }

  @Test
  void namedEvents_comeInOrder_asFarAsTheyAreHeld() {
    EventGraph graph = EventGraph.random(new Seeded(5), 60, 4, 2);
    Log log = Log.empty(graph.topic());
    Deliveries.deliverAll(log, graph.events(), LINK);
    List<EventId> order = LogSuite.order(log);
    List<EventId> wanted = new ArrayList<>(order.reversed().subList(0, 20));
    graph.events().stream().map(Event::id).filter(id -> !log.isHeld(id)).forEach(wanted::add);
    assertTrue(wanted.size() > 20, "some are not held");
    List<EventId> served =
        log.tree().named(wanted, 99, 1 << 20).entries().stream().map(LogEntry::id).toList();
    assertEquals(order.subList(order.size() - 20, order.size()), served);
    assertEquals(7, log.tree().named(wanted, 7, 1 << 20).entries().size());
    assertTrue(log.tree().named(wanted, 7, 1 << 20).more());
    assertEquals(1, log.tree().named(wanted, 7, 1).entries().size());
  }

  @Test
  @Proves("SYNC-2")
  void bytes_keepTheirForm() {
    EventGraph graph = EventGraph.random(new Seeded(7), 60, 4, 0);
    Log log = Log.empty(graph.topic());
    Deliveries.deliverAll(log, graph.events(), LINK);
    Cut cut = log.tree().cut(Prefix.ALL, 3);
    assertEquals(cut, Cut.CODEC.decode(Cut.CODEC.encode(cut)).orThrow());
    HostileBytes.attack("cut", Cut.CODEC, Cut.CODEC.encode(cut));
  }

  @Test
  @Proves({"SYNC-1", "SYNC-2"})
  void vectors_ofTheSpecification_hold() {
    JsonValue file = Json.parse(VectorFiles.spec("sync.json"));
    for (JsonValue tree : file.at("trees").items()) {
      List<Bytes> places = new ArrayList<>();
      List<Subtree> leaves = new ArrayList<>();
      for (JsonValue item : tree.at("places").items()) {
        Bytes place = Bytes.copyOf(item.hex());
        assertEquals(place, Place.parse(place).orThrow().key());
        places.add(place);
        leaves.add(Subtree.CODEC.decode(Bytes.of(0x01, 0xc0).plus(place)).orThrow());
      }
      Bytes root = Bytes.copyOf(tree.at("root").hex());
      assertEquals(root, SlowTrie.logRoot(places));
      Subtree whole = new Cut(Prefix.ALL, leaves).whole().orElseThrow();
      assertEquals(new Subtree(Prefix.ALL, places.size(), root), whole);
    }
    Log log = Log.empty(new TopicId(Bytes.copyOf(file.at("log").at("topic").hex())));
    for (JsonValue event : file.at("log").at("events").items()) {
      Deliveries.deliver(log, Event.CODEC.decode(Bytes.copyOf(event.hex())).orThrow(), LINK);
    }
    assertEquals(file.at("log").at("root").text(), log.tree().root().hash().toHex());
    for (JsonValue item : file.at("log").at("cuts").items()) {
      Cut cut = Cut.CODEC.decode(Bytes.copyOf(item.at("cut").hex())).orThrow();
      assertEquals(cut, log.tree().cut(cut.of(), (int) item.at("parts").number()));
    }
  }
}

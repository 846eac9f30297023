// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.Hashes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.Space;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.state.TopicState;
import org.myrhiza.state.Undo;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.SlowTrie;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The digest: a function of the entries alone, whatever led to them. */
public final class DigestSuite {
  private static final TopicId TOPIC = new TopicId(Hashes.derive("test topic", Bytes.EMPTY));

  /** Made once per test. */
  public DigestSuite() {}

  private static Bytes slowRoot(TopicId topic, TopicState state) {
    TreeMap<Bytes, Bytes> app = new TreeMap<>();
    state.appEntries().forEach(entry -> app.put(entry.key(), entry.value()));
    return SlowTrie.digest(topic, app);
  }

  private static void write(TopicState state, Bytes key, Optional<Bytes> value) {
    Overlay overlay = state.overlay();
    assertTrue(value.isPresent() ? overlay.put(key, value.get()) : overlay.delete(key));
    state.commit(overlay);
  }

  @Test
  @Proves("STATE-5")
  void root_afterEachOfManyChanges_isThatOfTheReference() {
    for (int seed = 0; seed < 12; seed++) {
      Seeded random = new Seeded(seed);
      TopicState state = TopicState.empty(TOPIC);
      List<Undo> undos = new ArrayList<>();
      assertEquals(slowRoot(TOPIC, state), state.root(), "empty");
      for (int i = 0; i < 60; i++) {
        Overlay overlay = state.overlay();
        for (int j = random.nextInt(4); j >= 0; j--) {
          Bytes key = Bytes.of(1 + random.nextInt(40));
          if (random.chance(1, 3)) {
            overlay.delete(key);
          } else {
            overlay.put(key, random.nextBytes(random.nextInt(4)));
          }
        }
        undos.add(state.commit(overlay));
        if (random.chance(1, 4)) {
          state.rollback(undos.removeLast());
        }
        if (random.chance(1, 3)) {
          assertEquals(slowRoot(TOPIC, state), state.root(), "seed " + seed + " step " + i);
        }
      }
    }
  }

  @Test
  @Proves({"STATE-4", "STATE-5"})
  void root_ofTheSameEntries_isTheSameInAnyOrderOfChanges() {
    for (int seed = 0; seed < 20; seed++) {
      Seeded random = new Seeded(seed);
      List<Bytes> keys = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        keys.add(random.nextBytes(1 + random.nextInt(20)));
      }
      TopicState one = TopicState.empty(TOPIC);
      keys.forEach(key -> write(one, key, Optional.of(key)));
      random.shuffle(keys);
      TopicState other = TopicState.empty(TOPIC);
      for (Bytes key : keys) {
        write(other, key, Optional.of(random.nextBytes(3)));
        write(other, Bytes.concat(key, key, key), Optional.of(key));
        if (random.chance(1, 10)) {
          assertNotEquals(one.root(), other.root());
        }
      }
      random.shuffle(keys);
      keys.forEach(key -> write(other, Bytes.concat(key, key, key), Optional.empty()));
      keys.forEach(key -> write(other, key, Optional.of(key)));
      assertEquals(one.root(), other.root(), "seed " + seed);
    }
  }

  @Test
  void root_ofOtherTopicKeyValueOrDelete_differs() {
    TopicState state = TopicState.empty(TOPIC);
    Bytes empty = state.root();
    write(state, Bytes.of(1), Optional.of(Bytes.of(2)));
    Bytes one = state.root();
    write(state, Bytes.of(1), Optional.of(Bytes.EMPTY));
    Bytes changed = state.root();
    write(state, Bytes.of(1), Optional.empty());
    assertEquals(empty, state.root());
    assertNotEquals(one, changed);
    TopicState elsewhere = TopicState.empty(new TopicId(Bytes.zeros(32)));
    write(elsewhere, Bytes.of(1), Optional.of(Bytes.of(2)));
    assertNotEquals(one, elsewhere.root());
  }

  /** Hashes what is left and returns how many leaves and nodes that took. */
  private static int hashed(TopicState state) {
    int hashed = 0;
    while (!state.hashSome(0)) {
      state.hashSome(1);
      hashed++;
      assertTrue(hashed < 5_000, "hashing does not end");
    }
    return hashed;
  }

  @Test
  @Proves("STATE-5")
  void manyChanges_andOneDigest_hashEachNodeAboveThemOnce() {
    Seeded random = new Seeded(3);
    TopicState state = TopicState.empty(TOPIC);
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      keys.add(Bytes.of(i >> 8, i & 0xff));
      write(state, keys.getLast(), Optional.of(Bytes.EMPTY));
    }
    assertEquals(1_000 + 999, hashed(state), "a trie of n leaves has n - 1 nodes");
    state.root();
    for (int changes : new int[] {0, 1, 2, 20, 300}) {
      random.shuffle(keys);
      List<Bytes> changed = keys.subList(0, changes);
      for (int round = 0; round < 5; round++) {
        for (Bytes key : changed) {
          write(state, key, Optional.of(Bytes.of(changes & 0xff, round)));
        }
      }
      int expected = changes + SlowTrie.nodesAbove(TOPIC, keys, changed);
      assertEquals(expected, hashed(state), changes + " keys changed five times each");
      Bytes root = state.root();
      assertEquals(0, hashed(state), "a second digest");
      assertEquals(root, state.root());
      assertEquals(0, hashed(state), "a third");
    }
    assertOwnValueHashesItsLeafAlone(state, keys.getFirst());
  }

  private static void assertOwnValueHashesItsLeafAlone(TopicState state, Bytes key) {
    Bytes root = state.root();
    write(state, key, Optional.ofNullable(state.reader().get(key)));
    assertEquals(1, hashed(state), "a key set to what it has");
    assertEquals(root, state.root());
  }

  @Test
  void hashSome_inSmallSteps_endsAndLeavesTheSameRoot() {
    TopicState state = TopicState.empty(TOPIC);
    TopicState same = TopicState.empty(TOPIC);
    for (int i = 1; i < 200; i++) {
      write(state, Bytes.of(i), Optional.of(Bytes.of(i)));
      write(same, Bytes.of(i), Optional.of(Bytes.of(i)));
    }
    int steps = 1;
    assertFalse(state.hashSome(1_000));
    while (!state.hashSome(1_000)) {
      steps++;
    }
    assertTrue(steps > 20 && steps < 2_000, steps + " steps");
    assertEquals(same.root(), state.root());
  }

  @Test
  @Proves({"STATE-1", "STATE-4"})
  void establish_genesis_countsInTheDigestAndCanBeTakenBack() {
    Seeded random = new Seeded(1);
    TopicState state = TopicState.empty(TOPIC);
    Bytes before = state.root();
    Genesis genesis =
        Genesis.CODEC
            .decode(EventGraph.genesis(random, new PublicKey(random.nextBytes(32))).payload())
            .orThrow();
    Undo undo = state.establish(genesis);
    assertNotEquals(before, state.root());
    state.rollback(undo);
    assertEquals(before, state.root());
  }

  @Test
  void drained_writes_restoreTheSameState() {
    Seeded random = new Seeded(5);
    TopicState state = TopicState.empty(TOPIC);
    TreeMap<Bytes, Bytes> store = new TreeMap<>();
    for (int i = 0; i < 200; i++) {
      Bytes key = Bytes.of(1 + random.nextInt(30));
      write(state, key, random.chance(1, 3) ? Optional.empty() : Optional.of(random.nextBytes(4)));
      if (i % 7 == 0) {
        persist(state.drain(), store);
      }
    }
    persist(state.drain(), store);
    assertEquals(List.of(), state.drain());
    TopicState restored = TopicState.empty(TOPIC);
    store.forEach((key, value) -> assertTrue(restored.restore(key, value).isOk()));
    assertEquals(state.appEntries(), restored.appEntries());
    assertEquals(state.root(), restored.root());
    assertEquals(List.of(), restored.drain());
  }

  @Test
  void drained_keys_areThoseWritten_ascendingAndOnce() {
    Seeded random = new Seeded(6);
    TopicState state = TopicState.empty(TOPIC);
    for (int round = 0; round < 40; round++) {
      TreeSet<Bytes> written = new TreeSet<>();
      for (int i = random.nextInt(400); i >= 0; i--) {
        Bytes key = Bytes.of(1 + random.nextInt(200));
        write(state, key, Optional.of(random.nextBytes(2)));
        written.add(key);
        if (random.chance(1, 50)) {
          assertEquals(fresh(state), state.root());
        }
      }
      List<Bytes> drained = new ArrayList<>();
      for (StoreWrite write : state.drain()) {
        drained.add(write.key().slice(write.key().size() - 1, write.key().size()));
      }
      assertEquals(List.copyOf(written), drained);
    }
  }

  /** The digest of a state with the same entries, written in one go. */
  private static Bytes fresh(TopicState state) {
    TopicState fresh = TopicState.empty(TOPIC);
    Overlay overlay = fresh.overlay();
    state.appEntries().forEach(entry -> overlay.put(entry.key(), entry.value()));
    fresh.commit(overlay);
    return fresh.root();
  }

  private static void persist(List<StoreWrite> writes, Map<Bytes, Bytes> store) {
    for (StoreWrite write : writes) {
      Bytes value = write.value();
      if (value == null) {
        store.remove(write.key());
      } else {
        store.put(write.key(), value);
      }
    }
  }

  @Test
  @Proves("STATE-7")
  void storedEntry_thatIsDamaged_isRefused() {
    TopicState state = TopicState.empty(TOPIC);
    write(state, Bytes.of(1), Optional.of(Bytes.of(2)));
    StoreWrite written = state.drain().getFirst();
    Bytes key = written.key();
    Bytes value = written.value() == null ? Bytes.EMPTY : written.value();
    TopicState fresh = TopicState.empty(TOPIC);
    assertFalse(fresh.restore(key, Bytes.EMPTY).isOk());
    assertFalse(fresh.restore(key, Bytes.of(1, 2)).isOk(), "a newer version");
    assertFalse(fresh.restore(key, Bytes.zeros(64 * 1024 + 2)).isOk());
    for (int cut = 0; cut < key.size(); cut++) {
      assertFalse(fresh.restore(key.slice(0, cut), value).isOk(), "cut to " + cut);
    }
    assertFalse(fresh.restore(key.plus(Bytes.zeros(512)), value).isOk());
    assertFalse(TopicState.empty(new TopicId(Bytes.zeros(32))).restore(key, value).isOk());
    Bytes wrongSpace = Bytes.concat(key.slice(0, 33), Bytes.of(2), Bytes.of(1));
    assertFalse(fresh.restore(wrongSpace, value).isOk());
    assertEquals(0, fresh.entries());
    assertTrue(fresh.restore(key, value) instanceof Decoded.Ok<Integer>);
  }

  @Test
  void undo_hostileBytes_areRefused() {
    Undo undo =
        new Undo(
            List.of(
                new Undo.Old(Space.APP, Bytes.of(1, 2), null),
                new Undo.Old(Space.APP, Bytes.of(3), Bytes.of(9, 9)),
                new Undo.Old(Space.KERNEL, Bytes.of(4), Bytes.EMPTY)));
    Codec<Undo> codec = Undo.CODEC;
    HostileBytes.attack("undo", codec, codec.encode(undo));
  }

  @Test
  @Proves({"STATE-5", "STATE-6"})
  void vectors_ofTheSpecification_hold() {
    JsonValue file = Json.parse(VectorFiles.spec("state.json"));
    for (JsonValue vector : file.at("cases").items()) {
      TopicId topic = new TopicId(Bytes.copyOf(vector.at("topic").hex()));
      TopicState state = TopicState.empty(topic);
      TreeMap<Bytes, Bytes> entries = new TreeMap<>();
      for (JsonValue entry : vector.at("entries").items()) {
        Bytes key = Bytes.copyOf(entry.at("key").hex());
        Bytes value = Bytes.copyOf(entry.at("value").hex());
        write(state, key, Optional.of(value));
        entries.put(key, value);
      }
      String name = vector.at("name").text();
      assertEquals(vector.at("trie").text(), SlowTrie.root(topic, entries).toHex(), name);
      assertEquals(vector.at("root").text(), state.root().toHex(), name);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.Hashes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.Proven;
import org.myrhiza.state.Space;
import org.myrhiza.state.StateProof;
import org.myrhiza.state.TopicState;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.SlowTrie;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** Proofs of presence and absence, right ones and wrong ones. */
public final class ProofSuite {
  private static final TopicId TOPIC = new TopicId(Hashes.derive("test topic", Bytes.EMPTY));

  /** Made once per test. */
  public ProofSuite() {}

  private static TopicState state(TopicId topic, Map<Bytes, Bytes> entries) {
    TopicState state = TopicState.empty(topic);
    entries.forEach((key, value) -> {
      Overlay overlay = state.overlay();
      assertTrue(overlay.put(key, value));
      state.commit(overlay);
    });
    return state;
  }

  private static SortedMap<Bytes, Bytes> entries(Seeded random, int size) {
    TreeMap<Bytes, Bytes> entries = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      Bytes key = random.nextBytes(1 + random.nextInt(3));
      entries.put(key, random.nextBytes(random.nextInt(5)));
    }
    return entries;
  }

  private static StateProof decoded(Bytes proof) {
    return StateProof.CODEC.decode(proof).orThrow();
  }

  @Test
  @Proves("STATE-9")
  void everyKey_isProvenPresentOrAbsent_againstTheReferencesRoot() {
    for (int seed = 0; seed < 150; seed++) {
      Seeded random = new Seeded(seed);
      SortedMap<Bytes, Bytes> entries = entries(random, random.nextInt(30));
      TopicState state = state(TOPIC, entries);
      Bytes trie = SlowTrie.root(TOPIC, entries);
      List<Bytes> keys = new ArrayList<>(entries.keySet());
      for (int i = 0; i < 10; i++) {
        keys.add(random.nextBytes(1 + random.nextInt(3)));
      }
      for (Bytes key : keys) {
        Bytes value = entries.get(key);
        Proven expected = value == null ? new Proven.Absent() : new Proven.Present(value);
        StateProof proof = state.prove(Space.APP, key).orElseThrow();
        Bytes bytes = StateProof.CODEC.encode(proof);
        String message = "seed " + seed + " key " + key.toHex();
        assertEquals(
            expected, StateProof.verify(TOPIC, state.root(), Space.APP, key, bytes), message);
        assertEquals(
            expected, StateProof.verifyInTrie(TOPIC, trie, key, proof.trieProof()), message);
        assertEquals(bytes, StateProof.CODEC.encode(decoded(bytes)), message);
      }
    }
  }

  @Test
  @Proves("STATE-9")
  void anyFlippedBit_isRefused() {
    for (int seed = 0; seed < 4; seed++) {
      Seeded random = new Seeded(seed);
      SortedMap<Bytes, Bytes> entries = entries(random, 2 + 3 * seed);
      TopicState state = state(TOPIC, entries);
      Bytes trie = SlowTrie.root(TOPIC, entries);
      List<Bytes> keys = List.of(entries.firstKey(), Bytes.of(9, 9, 9, 9), Bytes.of(8, 8, 8, 8));
      for (Bytes key : keys) {
        StateProof proof = state.prove(Space.APP, key).orElseThrow();
        Bytes whole = StateProof.CODEC.encode(proof);
        for (Bytes flipped : flips(whole)) {
          assertInstanceOf(
              Proven.Invalid.class,
              StateProof.verify(TOPIC, state.root(), Space.APP, key, flipped),
              flipped.toHex());
        }
        for (Bytes flipped : flips(proof.trieProof())) {
          assertInstanceOf(
              Proven.Invalid.class,
              StateProof.verifyInTrie(TOPIC, trie, key, flipped),
              flipped.toHex());
        }
      }
    }
  }

  private static List<Bytes> flips(Bytes bytes) {
    List<Bytes> flips = new ArrayList<>();
    for (int bit = 0; bit < bytes.size() * 8; bit++) {
      byte[] flipped = bytes.toArray();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      flips.add(Bytes.adopt(flipped));
    }
    return flips;
  }

  @Test
  @Proves("STATE-9")
  void proof_ofOtherKeyTopicSpaceOrState_isRefusedOrSaysSo() {
    Seeded random = new Seeded(3);
    SortedMap<Bytes, Bytes> entries = entries(random, 20);
    TopicState state = state(TOPIC, entries);
    Bytes digest = state.root();
    TopicId elsewhere = new TopicId(Bytes.zeros(32));
    List<Bytes> keys = new ArrayList<>(entries.keySet());
    keys.add(Bytes.of(9, 9, 9, 9));
    for (Bytes key : keys) {
      Bytes proof = StateProof.CODEC.encode(state.prove(Space.APP, key).orElseThrow());
      assertInvalid(StateProof.verify(elsewhere, digest, Space.APP, key, proof));
      assertInvalid(StateProof.verify(TOPIC, digest, Space.KERNEL, key, proof));
      for (Bytes other : keys) {
        Proven said = StateProof.verify(TOPIC, digest, Space.APP, other, proof);
        Bytes value = entries.get(other);
        Proven truth = value == null ? new Proven.Absent() : new Proven.Present(value);
        assertTrue(
            said instanceof Proven.Invalid || said.equals(truth),
            "a proof of " + key.toHex() + " lies about " + other.toHex());
      }
    }
    Bytes old = StateProof.CODEC.encode(state.prove(Space.APP, keys.getFirst()).orElseThrow());
    Overlay overlay = state.overlay();
    overlay.put(Bytes.of(7, 7, 7, 7), Bytes.EMPTY);
    state.commit(overlay);
    assertInvalid(StateProof.verify(TOPIC, state.root(), Space.APP, keys.getFirst(), old));
  }

  private static void assertInvalid(Proven said) {
    assertInstanceOf(Proven.Invalid.class, said);
  }

  @Test
  @Proves("STATE-9")
  void kernelSpace_isProvenToo() {
    Seeded random = new Seeded(1);
    TopicState state = TopicState.empty(TOPIC);
    Genesis genesis =
        Genesis.CODEC
            .decode(EventGraph.genesis(random, new PublicKey(random.nextBytes(32))).payload())
            .orThrow();
    state.establish(genesis);
    Bytes key = Utf8.encode("bundle");
    Bytes proof = StateProof.CODEC.encode(state.prove(Space.KERNEL, key).orElseThrow());
    assertEquals(
        new Proven.Present(genesis.bundle().bytes()),
        StateProof.verify(TOPIC, state.root(), Space.KERNEL, key, proof));
    Bytes none =
        StateProof.CODEC.encode(state.prove(Space.KERNEL, Utf8.encode("owner")).orElseThrow());
    assertEquals(
        new Proven.Absent(),
        StateProof.verify(TOPIC, state.root(), Space.KERNEL, Utf8.encode("owner"), none));
  }

  @Test
  @Proves("STATE-9")
  void proof_hostileBytes_areRefused() {
    SortedMap<Bytes, Bytes> entries = entries(new Seeded(5), 12);
    TopicState state = state(TOPIC, entries);
    for (Bytes key : List.of(entries.firstKey(), Bytes.of(1, 2, 3, 4), Bytes.of(4, 3, 2, 1))) {
      Bytes proof = StateProof.CODEC.encode(state.prove(Space.APP, key).orElseThrow());
      HostileBytes.attack("state proof", StateProof.CODEC, proof);
    }
  }

  @Test
  @Proves("STATE-9")
  void vectors_ofTheSpecification_hold() {
    JsonValue file = Json.parse(VectorFiles.spec("state-proof.json"));
    for (JsonValue vector : file.at("cases").items()) {
      TopicId topic = new TopicId(Bytes.copyOf(vector.at("topic").hex()));
      TreeMap<Bytes, Bytes> entries = new TreeMap<>();
      for (JsonValue entry : vector.at("entries").items()) {
        entries.put(Bytes.copyOf(entry.at("key").hex()), Bytes.copyOf(entry.at("value").hex()));
      }
      TopicState state = state(topic, entries);
      Bytes digest = Bytes.copyOf(vector.at("digest").hex());
      assertEquals(digest, state.root());
      for (JsonValue one : vector.at("proofs").items()) {
        Bytes key = Bytes.copyOf(one.at("key").hex());
        Bytes proof = Bytes.copyOf(one.at("proof").hex());
        String name = one.at("name").text();
        assertEquals(
            proof, StateProof.CODEC.encode(state.prove(Space.APP, key).orElseThrow()), name);
        Bytes value = entries.get(key);
        assertEquals(
            value == null ? new Proven.Absent() : new Proven.Present(value),
            StateProof.verify(topic, digest, Space.APP, key, proof),
            name);
      }
      for (JsonValue one : vector.at("refused").items()) {
        assertInvalid(
            StateProof.verify(
                topic,
                digest,
                Space.APP,
                Bytes.copyOf(one.at("key").hex()),
                Bytes.copyOf(one.at("proof").hex())));
      }
    }
  }
}

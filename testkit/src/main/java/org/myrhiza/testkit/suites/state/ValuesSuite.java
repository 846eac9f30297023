// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.TopicId;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.Proven;
import org.myrhiza.state.Space;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StateProof;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.state.TopicState;
import org.myrhiza.testkit.graph.Deliveries;

/** Values of a topic's state that are in the store only: how they go, and how they come back. */
public final class ValuesSuite {
  private static final TopicId TOPIC = new TopicId(Bytes.zeros(32));
  private static final int ENTRIES = 300;
  private static final int VALUE_BYTES = 100;

  private final TreeMap<Bytes, Bytes> store = new TreeMap<>();
  private final TopicState state = TopicState.empty(TOPIC);

  /** Made once per test. */
  public ValuesSuite() {}

  private static Bytes key(int number) {
    return CanonicalWriter.write(w -> w.u32(number));
  }

  private static Bytes value(int number) {
    return key(number).plus(Bytes.zeros(VALUE_BYTES - 4));
  }

  private void write(int number, @Nullable Bytes value) {
    Overlay overlay = state.overlay();
    assertTrue(value == null ? overlay.delete(key(number)) : overlay.put(key(number), value));
    while (!state.has(overlay)) {
      Deliveries.fetch(state, store);
    }
    state.commit(overlay);
  }

  private void save() {
    for (StoreWrite write : state.drain()) {
      Bytes value = write.value();
      if (value == null) {
        store.remove(write.key());
      } else {
        store.put(write.key(), value);
      }
    }
    state.trim();
  }

  /** A state all of whose values are in the store only. */
  private void fill() {
    state.keepAtMost(0);
    for (int i = 0; i < ENTRIES; i++) {
      write(i, value(i));
    }
    assertEquals((long) ENTRIES * VALUE_BYTES, state.valueBytesHeld(), "none goes unsaved");
    state.trim();
    assertEquals((long) ENTRIES * VALUE_BYTES, state.valueBytesHeld(), "none goes unsaved");
    save();
    assertEquals(0, state.valueBytesHeld());
  }

  /** What the store says now about the keys that were missed. */
  private List<StoreWrite> read(List<Bytes> keys) {
    List<StoreWrite> found = new ArrayList<>();
    for (Bytes key : keys) {
      found.add(new StoreWrite(key, store.get(key)));
    }
    return found;
  }

  @Test
  void aValueInTheStore_makesTheOverlayVoid_andIsThereOnceItWasRead() {
    fill();
    Overlay overlay = state.overlay();
    assertNull(overlay.get(Bytes.of(9)), "an absent key needs no value");
    assertFalse(overlay.misses());
    assertNull(overlay.get(key(7)));
    assertTrue(overlay.misses());
    assertNull(overlay.passed(), "the guest goes on, and says what else it wants");
    assertThrows(IllegalArgumentException.class, () -> state.commit(overlay));
    assertTrue(state.misses());
    Deliveries.fetch(state, store);
    assertFalse(state.misses());
    Overlay again = state.overlay();
    assertEquals(value(7), again.get(key(7)));
    assertEquals(value(8), again.get(key(8)), "neighbours come with it");
    assertFalse(again.misses());
  }

  @Test
  void whoWantsMoreThanIsReadAtOnce_isEnded() {
    fill();
    Overlay overlay = state.overlay();
    for (int i = 0; i < ENTRIES; i++) {
      assertNull(overlay.get(key(i)));
    }
    assertTrue(overlay.misses());
    assertNotNull(overlay.passed(), "the guest's call ends");
    assertEquals(List.of(), overlay.scan(Bytes.EMPTY, null, 10));
    assertFalse(overlay.put(key(7), Bytes.EMPTY));
    assertTrue(state.takeMissing().size() < ENTRIES);
  }

  /** Neither what lies at its end and after it, nor what was removed above. */
  @Test
  void aScan_wantsNoValueThatItDoesNotReturn() {
    fill();
    assertNull(state.overlay().get(key(7)));
    int asOf = state.asOf();
    List<Bytes> asked = new ArrayList<>(state.takeMissing());
    asked.removeIf(stored -> !stored.slice(stored.size() - 4, stored.size()).equals(key(7)));
    assertEquals(1, asked.size());
    state.loaded(asked, read(asked), asOf).orThrow();
    StateEntry only = new StateEntry(key(7), value(7));
    Overlay overlay = state.overlay();
    assertEquals(List.of(only), overlay.scan(key(7), key(8), 10), "up to an end");
    assertEquals(List.of(only), overlay.scan(key(7), null, 1), "a full page");
    for (int i = 8; i < ENTRIES; i++) {
      assertTrue(overlay.delete(key(i)));
    }
    assertTrue(overlay.put(key(20), Bytes.of(1)));
    StateEntry own = new StateEntry(key(20), Bytes.of(1));
    assertEquals(List.of(only, own), overlay.scan(key(7), null, 10), "past what was removed");
    assertEquals(List.of(only), overlay.scan(key(7), key(20), 10));
    assertFalse(overlay.misses());
    assertEquals(List.of(), overlay.scan(key(6), key(8), 10));
    assertTrue(overlay.misses());
  }

  @Test
  void anEntryOfAKnownSize_isWrittenAndCounted_withoutItsValue() {
    fill();
    long bytes = state.bytes();
    Overlay overlay = state.overlay();
    assertTrue(overlay.put(key(7), Bytes.of(1)));
    assertTrue(overlay.put(Bytes.of(200), Bytes.of(1)));
    assertFalse(overlay.misses());
    assertFalse(state.has(overlay), "what is taken back needs the old value");
    Deliveries.fetch(state, store);
    assertTrue(state.has(overlay));
    assertEquals(
        Optional.of(value(7)), Optional.ofNullable(state.commit(overlay).old().get(0).value()));
    assertEquals(bytes - VALUE_BYTES + 1 + 2, state.bytes());
  }

  /** A read takes its time; what it brings may be of before. */
  @Test
  void aValueThatChangedSinceItWasAskedFor_isNotTaken() {
    fill();
    assertNull(state.overlay().get(key(7)));
    int asOf = state.asOf();
    List<Bytes> asked = state.takeMissing();
    List<StoreWrite> before = read(asked);
    write(7, value(1_007));
    write(8, null);
    write(9, Bytes.of(9));
    save();
    assertEquals(0, state.valueBytesHeld(), "the new values are in the store only, too");
    state.loaded(asked, before, asOf).orThrow();
    assertNull(state.overlay().get(key(8)));
    Overlay overlay = state.overlay();
    assertNull(overlay.get(key(7)));
    assertTrue(overlay.misses(), "the old value is not taken for the new one");
    Deliveries.fetch(state, store);
    assertEquals(value(1_007), state.overlay().get(key(7)));
    assertEquals(Bytes.of(9), state.overlay().get(key(9)));
  }

  /** Written and not yet gone again when the old one arrives. */
  @Test
  void aValueThatIsThereAlready_isNotReplaced() {
    fill();
    assertNull(state.overlay().get(key(7)));
    int asOf = state.asOf();
    List<Bytes> asked = state.takeMissing();
    List<StoreWrite> before = read(asked);
    write(7, value(1_007));
    state.loaded(asked, before, asOf).orThrow();
    assertEquals(value(1_007), state.overlay().get(key(7)));
    assertEquals(value(8), state.overlay().get(key(8)));
  }

  @Test
  void aStoreThatHasNotWhatItShould_isDamaged() {
    fill();
    Bytes record = store.firstEntry().getKey();
    Bytes whole = store.firstEntry().getValue();
    List<Optional<Bytes>> damaged =
        List.of(
            Optional.empty(),
            Optional.of(Bytes.EMPTY),
            Optional.of(whole.plus(Bytes.of(0))),
            Optional.of(whole.slice(0, whole.size() - 1)),
            Optional.of(Bytes.of(9).plus(whole.slice(1, whole.size()))));
    for (Optional<Bytes> value : damaged) {
      assertNull(state.overlay().get(key(0)));
      int asOf = state.asOf();
      List<Bytes> asked = state.takeMissing();
      List<StoreWrite> found = read(asked);
      found.removeFirst();
      value.ifPresent(bytes -> found.addFirst(new StoreWrite(record, bytes)));
      assertInstanceOf(Decoded.Bad.class, state.loaded(asked, found, asOf), value.toString());
    }
    assertNull(state.overlay().get(key(0)));
    Deliveries.fetch(state, store);
    assertEquals(value(0), state.overlay().get(key(0)));
  }

  @Test
  void whatIsPinned_stays() {
    fill();
    state.pin();
    for (int i = 0; i < ENTRIES; i++) {
      Overlay overlay = state.overlay();
      overlay.get(key(i));
      if (overlay.misses()) {
        Deliveries.fetch(state, store);
        save();
      }
      assertEquals(value(i), state.overlay().get(key(i)));
    }
    assertEquals((long) ENTRIES * VALUE_BYTES, state.valueBytesHeld());
    state.unpin();
    state.trim();
    assertEquals(0, state.valueBytesHeld());
  }

  @Test
  void whatIsUsed_staysLongerThanWhatIsNot() {
    fill();
    state.keepAtMost(ENTRIES * VALUE_BYTES / 2);
    assertNull(state.overlay().get(key(3)));
    Deliveries.fetch(state, store);
    for (int i = 0; i < ENTRIES; i++) {
      assertEquals(value(3), state.overlay().get(key(3)), "before " + i);
      Overlay overlay = state.overlay();
      Bytes unused = overlay.get(key(i));
      if (overlay.misses()) {
        Deliveries.fetch(state, store);
      } else {
        assertEquals(value(i), unused);
      }
      state.trim();
    }
    assertTrue(state.valueBytesHeld() <= ENTRIES * VALUE_BYTES / 2);
  }

  @Test
  void digestAndProofs_areThoseOfAStateInMemory() {
    TopicState whole = TopicState.empty(TOPIC);
    fill();
    store.forEach((key, value) -> whole.restore(key, value).orThrow());
    TopicState restored = TopicState.empty(TOPIC);
    restored.keepAtMost(0);
    store.forEach((key, value) -> restored.restore(key, value).orThrow());
    assertEquals(0, restored.valueBytesHeld());
    assertEquals(whole.root(), restored.root());
    assertEquals(whole.root(), state.root());
    for (int i = 0; i < ENTRIES + 20; i += 7) {
      Optional<StateProof> proof = state.prove(Space.APP, key(i));
      while (proof.isEmpty()) {
        Deliveries.fetch(state, store);
        proof = state.prove(Space.APP, key(i));
      }
      Bytes bytes = StateProof.CODEC.encode(proof.get());
      assertEquals(StateProof.CODEC.encode(whole.prove(Space.APP, key(i)).orElseThrow()), bytes);
      Proven proven = StateProof.verify(TOPIC, whole.root(), Space.APP, key(i), bytes);
      assertEquals(i < ENTRIES ? new Proven.Present(value(i)) : new Proven.Absent(), proven);
      state.trim();
    }
  }

  /** Leaves of values that went before the trie was asked for. */
  @Test
  void changesAfterARestart_reachTheDigest_whereverTheirValuesWere() {
    fill();
    TopicState restored = TopicState.empty(TOPIC);
    restored.keepAtMost(VALUE_BYTES * ENTRIES / 2);
    store.forEach((key, value) -> restored.restore(key, value).orThrow());
    for (int i = 0; i < ENTRIES; i += 3) {
      Bytes value = i % 2 == 0 ? null : value(i + 1);
      write(i, value);
      Overlay overlay = restored.overlay();
      assertTrue(value == null ? overlay.delete(key(i)) : overlay.put(key(i), value));
      while (!restored.has(overlay)) {
        Deliveries.fetch(restored, store);
      }
      restored.commit(overlay);
    }
    save();
    assertEquals(state.root(), restored.root());
    assertEquals(Deliveries.entries(state, store), Deliveries.entries(restored, store));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.TopicId;
import org.myrhiza.state.Limits;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.Quota;
import org.myrhiza.state.Reads;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.TopicState;
import org.myrhiza.state.Undo;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.suite.Proves;

/** One apply's view of the state: what it sees, what it may write, what it is recorded to read. */
public final class OverlaySuite {
  private static final TopicId TOPIC = new TopicId(Bytes.zeros(32));
  private static final Bytes KEY = Bytes.of(7);

  /** Made once per test. */
  public OverlaySuite() {}

  private static TopicState empty() {
    return TopicState.empty(TOPIC);
  }

  @Test
  @Proves("STATE-3")
  void put_keySizes_boundaryIsExact() {
    assertTrue(empty().overlay().put(Bytes.zeros(1), Bytes.EMPTY));
    assertTrue(empty().overlay().put(Bytes.zeros(512), Bytes.EMPTY));
    assertFalse(empty().overlay().put(Bytes.EMPTY, Bytes.EMPTY));
    assertFalse(empty().overlay().put(Bytes.zeros(513), Bytes.EMPTY));
  }

  @Test
  void get_keyPastItsSize_isPastTheLimit() {
    for (Bytes key : List.of(Bytes.EMPTY, Bytes.zeros(513))) {
      Overlay overlay = empty().overlay();
      assertNull(overlay.get(key));
      assertNotNull(overlay.passed());
    }
    Overlay overlay = empty().overlay();
    assertNull(overlay.get(Bytes.zeros(512)));
    assertNull(overlay.passed());
  }

  @Test
  @Proves("STATE-3")
  void put_valueSizes_boundaryIsExact() {
    assertTrue(empty().overlay().put(KEY, Bytes.zeros(64 * 1024)));
    assertFalse(empty().overlay().put(KEY, Bytes.zeros(64 * 1024 + 1)));
  }

  @Test
  @Proves({"STATE-1", "STATE-3"})
  void writes_countEachCall_boundaryIsExact() {
    Overlay overlay = empty().overlay();
    for (int i = 0; i < 512; i++) {
      assertTrue(overlay.put(KEY, Bytes.EMPTY));
      assertTrue(overlay.delete(KEY));
    }
    assertEquals(1_024, overlay.writes());
    assertNull(overlay.passed());
    assertFalse(overlay.delete(KEY));
    assertNotNull(overlay.passed());
  }

  @Test
  @Proves("STATE-3")
  void writtenBytes_countKeysAndValues_boundaryIsExact() {
    Overlay overlay = empty().overlay();
    for (int i = 0; i < 15; i++) {
      assertTrue(overlay.put(KEY, Bytes.zeros(64 * 1024)));
    }
    int left = 1024 * 1024 - 15 * (64 * 1024 + 1);
    assertTrue(overlay.put(KEY, Bytes.zeros(left - 2)));
    assertTrue(overlay.delete(KEY));
    assertFalse(overlay.delete(KEY));
  }

  @Test
  @Proves({"STATE-1", "STATE-3"})
  void scan_limitAndBounds_boundaryIsExact() {
    assertNull(passedByScan(Bytes.EMPTY, null, 1_024));
    assertNotNull(passedByScan(Bytes.EMPTY, null, 1_025));
    assertNotNull(passedByScan(Bytes.EMPTY, null, -1));
    assertNull(passedByScan(Bytes.zeros(513), Bytes.zeros(513), 1));
    assertNotNull(passedByScan(Bytes.zeros(514), null, 1));
    assertNotNull(passedByScan(Bytes.EMPTY, Bytes.zeros(514), 1));
  }

  private static @Nullable Object passedByScan(Bytes start, @Nullable Bytes end, int limit) {
    Overlay overlay = empty().overlay();
    overlay.scan(start, end, limit);
    return overlay.passed();
  }

  @Test
  @Proves("STATE-3")
  void quota_bytesAndEntries_boundaryIsExact() {
    TopicState state = empty();
    state.limitTo(new Quota(10, 3));
    Overlay overlay = state.overlay();
    assertTrue(overlay.put(Bytes.of(1), Bytes.zeros(4)));
    assertTrue(overlay.put(Bytes.of(2), Bytes.zeros(4)));
    state.commit(overlay);
    assertFalse(state.overlay().put(Bytes.of(3), Bytes.EMPTY), "11 bytes");
    assertTrue(state.overlay().put(Bytes.of(2), Bytes.zeros(4)), "no growth");
    assertFalse(state.overlay().put(Bytes.of(2), Bytes.zeros(5)), "one byte more");
    state.limitTo(new Quota(100, 2));
    assertFalse(state.overlay().put(Bytes.of(3), Bytes.EMPTY), "a third entry");
    Overlay swap = state.overlay();
    assertTrue(swap.delete(Bytes.of(1)));
    assertTrue(swap.put(Bytes.of(3), Bytes.EMPTY));
    assertFalse(swap.put(Bytes.of(4), Bytes.EMPTY));
  }

  @Test
  void passedLimit_endsTheOverlay_andNothingIsWritten() {
    TopicState state = empty();
    Overlay overlay = state.overlay();
    assertTrue(overlay.put(KEY, KEY));
    assertFalse(overlay.put(KEY, Bytes.zeros(Limits.VALUE_MAX_BYTES + 1)));
    assertFalse(overlay.put(KEY, KEY));
    assertNull(overlay.get(KEY));
    assertEquals(List.of(), overlay.scan(Bytes.EMPTY, null, 10));
    assertThrows(IllegalArgumentException.class, () -> state.commit(overlay));
    assertEquals(0, state.entries());
  }

  @Test
  void reads_absentKeysAndScannedIntervals_areRecorded() {
    TopicState state = empty();
    Overlay first = state.overlay();
    for (int i = 10; i < 20; i++) {
      first.put(Bytes.of(i), KEY);
    }
    state.commit(first);
    Overlay overlay = state.overlay();
    overlay.put(Bytes.of(1), KEY);
    overlay.get(Bytes.of(1));
    overlay.get(Bytes.of(2));
    overlay.scan(Bytes.of(11), Bytes.of(200), 2);
    overlay.scan(Bytes.of(18), Bytes.of(40), 9);
    Reads reads = overlay.reads();
    assertEquals(List.of(Bytes.of(2)), reads.keys());
    assertTrue(reads.touches(Bytes.of(2)));
    assertFalse(reads.touches(Bytes.of(1)));
    assertTrue(reads.touches(Bytes.of(12)), "the last entry of a full page");
    assertFalse(reads.touches(Bytes.of(12, 0)), "after a full page");
    assertTrue(reads.touches(Bytes.of(39)), "a phantom in the rest of the interval");
    assertFalse(reads.touches(Bytes.of(40)));
  }

  @Test
  @Proves({"STATE-1", "STATE-2", "STATE-4"})
  void randomApplies_seeWhatAPlainMapSees_andUndoGivesItBack() {
    for (int seed = 0; seed < 60; seed++) {
      Seeded random = new Seeded(seed);
      TopicState state = empty();
      TreeMap<Bytes, Bytes> plain = new TreeMap<>();
      List<Undo> undos = new ArrayList<>();
      List<TreeMap<Bytes, Bytes>> before = new ArrayList<>();
      for (int apply = 0; apply < 12; apply++) {
        before.add(new TreeMap<>(plain));
        TreeMap<Bytes, Bytes> after = new TreeMap<>(plain);
        Overlay overlay = state.overlay();
        for (int i = 0; i < 15; i++) {
          operate(random, overlay, after, "seed " + seed);
        }
        if (random.chance(1, 4)) {
          before.removeLast();
        } else {
          undos.add(state.commit(overlay));
          plain = after;
        }
        assertSame(plain, state, "seed " + seed);
      }
      while (!undos.isEmpty()) {
        state.rollback(undos.removeLast());
        assertSame(before.removeLast(), state, "undo, seed " + seed);
      }
    }
  }

  private static void operate(
      Seeded random, Overlay overlay, SortedMap<Bytes, Bytes> plain, String seed) {
    Bytes key = random.nextBytes(1 + random.nextInt(2));
    switch (random.nextInt(4)) {
      case 0 -> assertEquals(plain.get(key), overlay.get(key), seed);
      case 1 -> {
        Bytes value = random.nextBytes(random.nextInt(5));
        assertTrue(overlay.put(key, value));
        plain.put(key, value);
      }
      case 2 -> {
        Bytes gone = plain.isEmpty() ? key : random.pick(new ArrayList<>(plain.keySet()));
        assertTrue(overlay.delete(gone));
        plain.remove(gone);
      }
      default -> {
        Bytes end = random.nextBoolean() ? null : random.nextBytes(1);
        int limit = random.nextInt(6);
        List<StateEntry> expected = new ArrayList<>();
        for (Map.Entry<Bytes, Bytes> entry : plain.tailMap(key).entrySet()) {
          boolean inside = end == null || entry.getKey().compareTo(end) < 0;
          if (inside && expected.size() < limit) {
            expected.add(new StateEntry(entry.getKey(), entry.getValue()));
          }
        }
        assertEquals(expected, overlay.scan(key, end, limit), seed);
      }
    }
  }

  private static void assertSame(Map<Bytes, Bytes> plain, TopicState state, String seed) {
    List<StateEntry> expected = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<Bytes, Bytes> entry : plain.entrySet()) {
      expected.add(new StateEntry(entry.getKey(), entry.getValue()));
      bytes += entry.getKey().size() + entry.getValue().size();
    }
    assertEquals(expected, state.appEntries(), seed);
    assertEquals(plain.size(), state.entries(), seed);
    assertEquals(bytes, state.bytes(), seed);
  }
}

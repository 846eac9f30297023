// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.event.TopicId;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.state.TopicState;
import org.myrhiza.state.Undo;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.SlowTrie;

/**
 * The packed state against a sorted map and against the digest worked out anew from all entries,
 * for keys and values of many kinds: in runs up and down, in any order, long ones, large ones.
 */
public final class SpaceSuite {
  private static final TopicId TOPIC = new TopicId(Bytes.zeros(32));
  private static final int PAGE = 1_024;
  private static final int KIND_COUNT = 7;

  /** Bytes of values in memory: all of them, next to none, and so few that blocks come and go. */
  private static final long[] BUDGETS = {Long.MAX_VALUE, 0, 700, 9_000};

  /** Made once per test. */
  public SpaceSuite() {}

  /** A state and what it has to have, with all that was done to it and not taken back. */
  private static final class Pair {
    final Seeded random;
    final int kind;
    final TopicState state = TopicState.empty(TOPIC);
    final TreeMap<Bytes, Bytes> map = new TreeMap<>();
    final TreeMap<Bytes, Bytes> store = new TreeMap<>();
    final List<Undo> undos = new ArrayList<>();
    final List<SortedMap<Bytes, Bytes>> before = new ArrayList<>();
    final long budget;
    int made;
    int fetches;

    Pair(long seed, int kind, long budget) {
      this.random = new Seeded(seed);
      this.kind = kind;
      this.budget = budget;
      state.keepAtMost(budget);
    }

    String message() {
      return "kind " + kind + " seed " + random.seed() + " keeps " + budget + " after " + made;
    }

    /** Writes what changed, after which values may go. */
    void save() {
      for (StoreWrite write : state.drain()) {
        Bytes value = write.value();
        if (value == null) {
          store.remove(write.key());
        } else {
          store.put(write.key(), value);
        }
      }
      state.trim();
      assertTrue(state.valueBytesHeld() <= budget, this::message);
    }

    /** What a question comes to once all values that it wants are there. */
    private <T> T ask(Function<Overlay, T> question) {
      state.pin();
      Overlay overlay = state.reader();
      T answer = question.apply(overlay);
      while (overlay.misses()) {
        fetch();
        overlay = state.reader();
        answer = question.apply(overlay);
      }
      state.unpin();
      return answer;
    }

    private void fetch() {
      Deliveries.fetch(state, store);
      fetches++;
    }

    Bytes key() {
      made++;
      return switch (kind) {
        case 0 -> number(made);
        case 1 -> number(1_000_000 - made);
        case 2 -> random.nextBytes(1 + random.nextInt(3));
        case 3 -> Bytes.of(1 + random.nextInt(20));
        case 4 -> Bytes.zeros(200 + random.nextInt(312)).plus(Bytes.of(random.nextInt(256)));
        case 5 -> Bytes.of(random.nextInt(3)).plus(number(made)); // several runs at once
        default -> number(random.nextInt(600));
      };
    }

    Bytes value() {
      int most = kind == 6 && random.chance(1, 80) ? 64 * 1024 : kind == 3 ? 3_000 : 200;
      return Bytes.of(random.nextInt(256)).plus(Bytes.zeros(random.nextInt(most)));
    }

    private static Bytes number(int number) {
      return CanonicalWriter.write(w -> w.u32(number));
    }

    Bytes known() {
      Bytes near = map.isEmpty() ? null : map.ceilingKey(key());
      return near == null ? map.isEmpty() ? key() : map.firstKey() : near;
    }

    /** One apply of some writes. */
    void apply(int deletesOfTen) {
      before.add(new TreeMap<>(map));
      Overlay overlay = state.overlay();
      Bytes greatest = Bytes.EMPTY;
      for (int i = random.nextInt(8); i >= 0; i--) {
        boolean deletes = random.chance(deletesOfTen, 10);
        Bytes key = deletes ? known() : key();
        greatest = key.compareTo(greatest) > 0 ? key : greatest;
        if (deletes) {
          assertTrue(overlay.delete(key), message());
          map.remove(key);
        } else {
          Bytes value = value();
          assertTrue(overlay.put(key, value), message());
          map.put(key, value);
        }
      }
      while (!state.has(overlay)) {
        fetch();
      }
      undos.add(state.commit(overlay));
      // The one that was written last, before any other is looked for.
      assertEquals(map.get(greatest), state.reader().get(greatest), message());
      if (random.chance(1, 3)) {
        save();
      }
    }

    void takeBack() {
      if (!undos.isEmpty()) {
        state.rollback(undos.removeLast());
        map.clear();
        map.putAll(before.removeLast());
      }
    }

    void check() {
      assertEquals(map.size(), state.entries(), message());
      long bytes = 0;
      for (Map.Entry<Bytes, Bytes> entry : map.entrySet()) {
        bytes += entry.getKey().size() + entry.getValue().size();
      }
      assertEquals(bytes, state.bytes(), message());
      Bytes start = random.chance(1, 3) ? Bytes.EMPTY : random.chance(1, 2) ? known() : key();
      Bytes end = random.chance(1, 2) ? null : key();
      assertEquals(
          expected(start, end), ask(s -> s.scan(start, end, PAGE)), () -> message() + " scan");
      for (Bytes key : List.of(known(), key())) {
        assertEquals(Optional.ofNullable(map.get(key)), ask(s -> Optional.ofNullable(s.get(key))));
      }
    }

    private List<StateEntry> all() {
      return map.entrySet().stream().map(e -> new StateEntry(e.getKey(), e.getValue())).toList();
    }

    private List<StateEntry> expected(Bytes start, @Nullable Bytes end) {
      List<StateEntry> entries = new ArrayList<>();
      for (Map.Entry<Bytes, Bytes> entry : map.tailMap(start).entrySet()) {
        if (entries.size() == PAGE || (end != null && entry.getKey().compareTo(end) >= 0)) {
          break;
        }
        entries.add(new StateEntry(entry.getKey(), entry.getValue()));
      }
      return entries;
    }
  }

  @Test
  void changes_ofEachKind_giveWhatASortedMapHas() {
    for (int run = 0; run < KIND_COUNT * BUDGETS.length; run++) {
      Pair pair = new Pair(run, run % KIND_COUNT, BUDGETS[run / KIND_COUNT]);
      for (int step = 0; step < 80; step++) {
        // It grows, shrinks, and grows again.
        pair.apply(step / 20 % 2 == 0 ? 2 : 7);
        if (pair.random.chance(1, 6)) {
          for (int i = pair.random.nextInt(5); i >= 0; i--) {
            pair.takeBack();
          }
        }
        if (pair.random.chance(1, 3)) {
          pair.state.hashSome(1 + pair.random.nextInt(3_000));
        }
        if (pair.random.chance(1, 4)) {
          pair.check();
        }
        if (pair.random.chance(1, 30)) {
          assertEquals(SlowTrie.digest(TOPIC, pair.map), pair.state.root(), pair.message());
        }
      }
      pair.save();
      assertEquals(pair.all(), Deliveries.entries(pair.state, pair.store), pair.message());
      assertTrue(pair.budget > 0 || pair.fetches > 0, pair.message());
      assertTrue(pair.budget < Long.MAX_VALUE || pair.fetches == 0, pair.message());
      while (!pair.undos.isEmpty()) {
        pair.takeBack();
      }
      assertEquals(List.of(), pair.state.appEntries());
      assertEquals(TopicState.empty(TOPIC).root(), pair.state.root(), pair.message());
    }
  }

  /** Many blocks, and hashes that are asked for while the first tree after a restart is built. */
  @Test
  void restoredState_changedWhileItIsHashed_hasTheDigestOfItsEntries() {
    for (int run = 0; run < KIND_COUNT * BUDGETS.length; run += 2) {
      long seed = run;
      long budget = BUDGETS[run / KIND_COUNT];
      Pair made = new Pair(seed, run % KIND_COUNT, Long.MAX_VALUE);
      for (int i = 0; i < 60; i++) {
        made.apply(1);
      }
      made.save();
      Pair pair = new Pair(seed + 100, made.kind, budget);
      pair.store.putAll(made.store);
      made.store.forEach((key, value) -> assertTrue(pair.state.restore(key, value).isOk()));
      assertTrue(pair.state.valueBytesHeld() <= budget, pair.message());
      pair.map.putAll(made.map);
      int slices = 1;
      while (!pair.state.hashSome(3_000)) {
        slices++;
        if (slices % 3 == 0) {
          pair.apply(5);
        }
        if (slices % 7 == 0) {
          pair.takeBack();
        }
      }
      assertTrue(slices > 1 || budget < Long.MAX_VALUE, pair.message());
      pair.check();
      assertEquals(SlowTrie.digest(TOPIC, pair.map), pair.state.root(), pair.message());
    }
  }

  /** The nodes of a trie that was large are used again. */
  @Test
  void manyEntries_removedInAnotherOrder_leaveTheDigestOfTheRest() {
    Seeded random = new Seeded(7);
    TopicState state = TopicState.empty(TOPIC);
    TreeMap<Bytes, Bytes> map = new TreeMap<>();
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      keys.add(random.nextBytes(8));
    }
    for (int round = 0; round < 2; round++) {
      for (Bytes key : keys) {
        write(state, key, key);
        map.put(key, key);
      }
      assertEquals(SlowTrie.digest(TOPIC, map), state.root());
      random.shuffle(keys);
      for (Bytes key : keys.subList(20 * round, keys.size())) {
        write(state, key, null);
        map.remove(key);
      }
      assertEquals(SlowTrie.digest(TOPIC, map), state.root());
      assertEquals(20L * round, state.entries());
    }
  }

  private static void write(TopicState state, Bytes key, @Nullable Bytes value) {
    Overlay overlay = state.overlay();
    assertTrue(value == null ? overlay.delete(key) : overlay.put(key, value));
    state.commit(overlay);
  }
}

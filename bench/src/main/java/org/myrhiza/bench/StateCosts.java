// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.Hashes;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.state.TopicState;
import org.myrhiza.state.Undo;
import org.myrhiza.testkit.Seeded;

/**
 * What an entry of an app's state costs in memory, and what is done with it in processor time: no
 * guest, no log, no store.
 */
final class StateCosts {
  private static final TopicId TOPIC = new TopicId(Hashes.derive("bench state", Bytes.EMPTY));

  /** So many entries as a topic has at most, unless its policy says otherwise. */
  static final int USUAL = 1_000_000;

  private static final int VALUE_BYTES = 120;
  private static final int CHANGES = 100_000;
  private static final int COUNTS = 1_000_000;
  private static final int PAGE = 1_024;
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final Bytes COUNTER = Bytes.of(7);

  private final int events;
  private final StringBuilder times = new StringBuilder();
  private long begin;

  private StateCosts(int events) {
    this.events = events;
  }

  static List<Figure> measure(int events) throws Refused {
    List<Figure> figures = new ArrayList<>();
    figures.add(new StateCosts(events).of("a chat's messages in order", StateCosts::ascending));
    figures.add(new StateCosts(events).of("keys in any order", StateCosts::scattered));
    figures.add(new StateCosts(COUNTS).counter());
    return figures;
  }

  private static Bytes ascending(int number) {
    return CanonicalWriter.write(w -> w.u8('m').u64(number).u64(0));
  }

  private static Bytes scattered(int number) {
    return CanonicalWriter.write(w -> w.u8('k').u64(number * MIX).u64(0));
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void begin() {
    begin = now();
  }

  private void end(String what, int times) {
    double micros = (now() - begin) / NANOS_PER_MICRO / times;
    this.times.append(String.format(Locale.ROOT, "; %s %.2f", what, micros));
  }

  private static Undo put(TopicState state, Bytes key, Bytes value) {
    Overlay overlay = state.overlay();
    if (!overlay.put(key, value)) {
      throw new IllegalStateException("past a limit: " + overlay.passed());
    }
    return state.commit(overlay);
  }

  private Figure of(String name, IntFunction<Bytes> key) throws Refused {
    long empty = used();
    TopicState state = TopicState.empty(TOPIC);
    begin();
    for (int i = 0; i < events; i++) {
      put(state, key.apply(i), Bytes.zeros(VALUE_BYTES));
      if (i % PAGE == 0) {
        state.drain();
        state.hashSome(Long.MAX_VALUE);
      }
    }
    state.drain();
    Bytes root = state.root();
    end("commit, hashed every 1,024", events);
    double each = (used() - empty) / (double) events - (double) state.bytes() / events;
    change(state, root, key);
    begin();
    int seen = scan(state);
    end("scan", seen);
    begin();
    restart(state, root);
    String detail =
        String.format(
            Locale.ROOT,
            "%,d entries, keys of %d bytes, values of %d; microseconds each, of the thread%s",
            events,
            key.apply(0).size(),
            VALUE_BYTES,
            times);
    return new Figure(
        "state beside keys and values, " + name, each, "bytes/entry", Figure.Setup.NONE, detail);
  }

  /** Some values change and change back. */
  private void change(TopicState state, Bytes root, IntFunction<Bytes> key) throws Refused {
    Seeded random = new Seeded(1);
    List<Undo> undos = new ArrayList<>();
    begin();
    for (int i = 0; i < CHANGES; i++) {
      undos.add(put(state, key.apply(random.nextInt(events)), Bytes.zeros(random.nextInt(240))));
    }
    end("change", CHANGES);
    begin();
    state.root();
    end("root after that", CHANGES);
    begin();
    for (Undo undo : undos.reversed()) {
      state.rollback(undo);
    }
    end("rollback", CHANGES);
    Refused.unlessEqual("the state taken back", state.root().toHex(), root.toHex());
    state.drain();
  }

  private static int scan(TopicState state) {
    int seen = 0;
    Bytes from = Bytes.EMPTY;
    List<StateEntry> page = state.reader().scan(from, null, PAGE);
    while (!page.isEmpty()) {
      seen += page.size();
      from = page.getLast().key().plus(Bytes.of(0));
      page = state.reader().scan(from, null, PAGE);
    }
    return seen;
  }

  private void restart(TopicState state, Bytes root) throws Refused {
    TopicState all = TopicState.empty(TOPIC);
    for (StateEntry entry : state.appEntries()) {
      put(all, entry.key(), entry.value());
    }
    List<StoreWrite> records = all.drain();
    TopicState again = TopicState.empty(TOPIC);
    begin();
    for (StoreWrite record : records) {
      Bytes value = record.value();
      if (value == null || !again.restore(record.key(), value).isOk()) {
        throw new Refused("a record that cannot be restored");
      }
    }
    end("restore", events);
    begin();
    Refused.unlessEqual("the restored state", again.root().toHex(), root.toHex());
    end("its first root", events);
  }

  private Figure counter() {
    TopicState state = TopicState.empty(TOPIC);
    begin();
    for (int i = 0; i < events; i++) {
      int count = i;
      Overlay overlay = state.overlay();
      Bytes had = overlay.get(COUNTER);
      overlay.put(COUNTER, CanonicalWriter.write(w -> w.u64(had == null ? 0 : count)));
      state.commit(overlay);
    }
    double micros = (now() - begin) / NANOS_PER_MICRO / events;
    return new Figure(
        "one key changed again and again", micros, "us", Figure.Setup.NONE, events + " commits");
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.log.Log;
import org.myrhiza.log.Source;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Backbone;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.sim.SyncNet;

/**
 * What it takes until a peer holds what another one does: by descent in the log tree where there
 * are more authors than heads can tell of, and by heads. Logs and sync alone, without signatures,
 * store, sealing or network.
 */
final class Reconciling {
  private static final Source LINK = new Source(99);
  private static final int EVENTS = 1_000_000;
  private static final int VISITORS = 20_000;
  private static final int MISSING = 100;
  private static final int AUTHORS = 1_000;
  private static final int BY_AUTHORS = 100_000;
  private static final int VISIT = 10;
  private static final int TREE_ROUNDS = 5;
  private static final double MILLI = 1e6;
  private static final Figure.Setup SETUP = new Figure.Setup("none", "none", "none", "none");

  private final List<Event> events = new ArrayList<>();
  private final Backbone backbone = new Backbone(new Seeded(8), events::add);
  private final List<Figure> figures = new ArrayList<>();

  private Reconciling() {}

  static List<Figure> measure(Rig rig) {
    rig.say("reconciliation");
    List<Figure> all = new ArrayList<>();
    Reconciling descent = new Reconciling();
    descent.measure("descent", EVENTS, VISITORS, MISSING);
    all.addAll(descent.figures);
    Reconciling heads = new Reconciling();
    heads.measure("heads", BY_AUTHORS, AUTHORS, AUTHORS / 2);
    all.addAll(heads.figures);
    return all;
  }

  private void measure(String way, int size, int visitors, int missing) {
    int between = size / visitors - VISIT;
    for (int i = 0; i < visitors; i++) {
      backbone.goOn(between);
      backbone.visit(VISIT);
    }
    Seeded random = new Seeded(9);
    TreeSet<EventId> without = new TreeSet<>();
    while (without.size() < missing) {
      without.add(random.pick(backbone.ends()));
    }
    SyncNet net = new SyncNet();
    SyncNet.Node full = net.add(log(null));
    SyncNet.Node part = net.add(log(without));
    String of = way + ", " + missing + " of " + full.log().held() + " events missing";
    int made = events.size();
    treeTimes(of, full.log());
    events.subList(made, events.size()).forEach(late -> Deliveries.deliver(part.log(), late, LINK));
    events.clear();
    part.log().tree().root();
    long begun = System.nanoTime();
    net.link(full, part);
    net.run(1);
    double millis = (System.nanoTime() - begun) / MILLI;
    if (!full.log().tree().root().equals(part.log().tree().root())) {
      throw new IllegalStateException("the logs differ");
    }
    SortedMap<String, Long> bytes = new TreeMap<>(full.bytes());
    part.bytes().forEach((kind, more) -> bytes.merge(kind, more, Long::sum));
    int rounds = full.heard(part, "Descend") + full.heard(part, "Want") + full.heard(part, "Pull");
    String detail =
        bytes
            + "; requests: ranges "
            + full.heard(part, "Descend")
            + ", events "
            + full.heard(part, "Want")
            + ", pages "
            + full.heard(part, "Pull")
            + "; events brought "
            + part.events()
            + ", known already "
            + part.duplicates();
    figures.add(new Figure(of + ": rounds", rounds, "rounds", SETUP, detail));
    long total = bytes.values().stream().mapToLong(Long::longValue).sum();
    long hellos = bytes.getOrDefault("Hello", 0L);
    figures.add(new Figure(of + ": bytes", total - hellos, "bytes", SETUP, "without hellos"));
    figures.add(new Figure(of + ": hellos", hellos, "bytes", SETUP, "heads and roots"));
    figures.add(new Figure(of + ": time", millis, "ms", SETUP, "both sides, one thread"));
  }

  private Log log(@Nullable Set<EventId> without) {
    Log log = Log.withBodies(backbone.topic(), Long.MAX_VALUE);
    for (Event event : events) {
      if (without == null || !without.contains(event.id())) {
        Deliveries.deliver(log, event, LINK);
      }
    }
    return log;
  }

  /** The root for the first time, and again after one event more. */
  private void treeTimes(String of, Log log) {
    long begun = System.nanoTime();
    log.tree().root();
    double first = (System.nanoTime() - begun) / MILLI;
    figures.add(new Figure(of + ": first root", first, "ms", SETUP, "nothing hashed before"));
    List<Double> after = new ArrayList<>();
    for (int i = 0; i < TREE_ROUNDS; i++) {
      backbone.goOn(1);
      Deliveries.deliver(log, events.getLast(), LINK);
      long again = System.nanoTime();
      log.tree().root();
      after.add((System.nanoTime() - again) / MILLI);
    }
    String detail = "after one event more, the median of " + TREE_ROUNDS;
    after.sort(null);
    figures.add(new Figure(of + ": next root", after.get(TREE_ROUNDS / 2), "ms", SETUP, detail));
  }
}

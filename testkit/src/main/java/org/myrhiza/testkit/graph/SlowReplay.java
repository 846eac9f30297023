// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.hash.Hashes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.replay.Verdict;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.Quota;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.TopicState;

/**
 * Reference code for replay: from the set of events, once through the order of the reference log,
 * without a rollback, and the digest from its definition.
 */
public final class SlowReplay {
  private static final long NEW_PRINCIPAL_FUEL = 250_000;

  private final TreeMap<EventId, Verdict.Kind> verdicts = new TreeMap<>();
  private final TopicState state;
  private final Genesis genesis;
  private final TopicId topic;

  private record Run(Applier app, long eventFuel, Set<PublicKey> seen) {}

  private SlowReplay(TopicId topic, Genesis genesis) {
    this.topic = topic;
    this.genesis = genesis;
    state = TopicState.empty(topic);
  }

  /** Returns what the events of a graph come to. */
  public static SlowReplay of(EventGraph graph, Applier app, long eventFuel) {
    SlowLog log = SlowLog.of(graph.topic(), graph.events());
    Event first = graph.events().getFirst();
    SlowReplay replay =
        new SlowReplay(graph.topic(), Genesis.CODEC.decode(first.payload()).orThrow());
    Run run = new Run(app, eventFuel, new TreeSet<>());
    for (EventId id : log.kept()) {
      Event event = log.valid().getOrDefault(id, first);
      replay.next(run, event, log.principal(id), false);
    }
    return replay;
  }

  /** Returns what kept events come to, in order, the genesis first. */
  public static SlowReplay of(KeptOrder order, Applier app, long eventFuel) {
    Genesis genesis = order.genesis().orElseThrow();
    SlowReplay replay = new SlowReplay(order.topic(), genesis);
    replay.state.limitTo(new Quota(genesis.policy().quotaBytes(), genesis.policy().quotaKeys()));
    Run run = new Run(app, eventFuel, new TreeSet<>());
    for (int i = 0; i < order.keptSize(); i++) {
      LogEntry entry = order.keptAt(i);
      boolean forked = order.isForked(entry);
      replay.next(run, Deliveries.event(order, entry), entry.principal(), forked);
    }
    return replay;
  }

  private void next(Run run, Event event, PublicKey principal, boolean forked) {
    Optional<Delivery> delivery = Delivery.of(event.header(), event.payload(), principal);
    if (delivery.isEmpty()) {
      verdicts.put(event.id(), Verdict.Kind.NOT_APPLIED);
      return;
    }
    boolean stranger = run.seen.add(principal) && event.header().kind() == EventKind.APP;
    long fuel = stranger ? Math.min(NEW_PRINCIPAL_FUEL, run.eventFuel) : run.eventFuel;
    verdicts.put(event.id(), apply(run.app, delivery.get(), fuel, forked));
  }

  private Verdict.Kind apply(Applier app, Delivery delivery, long fuel, boolean forked) {
    Overlay overlay = state.overlay(() -> forked);
    Outcome outcome = app.apply(overlay, delivery, fuel);
    if (overlay.passed() != null) {
      return Verdict.Kind.REJECTED;
    }
    return switch (outcome) {
      case Outcome.Accepted accepted -> {
        state.commit(overlay);
        yield Verdict.Kind.ACCEPTED;
      }
      case Outcome.Rejected rejected -> Verdict.Kind.REJECTED;
      case Outcome.Trapped trapped -> Verdict.Kind.TRAPPED;
      case Outcome.OutOfFuel ended -> Verdict.Kind.OUT_OF_FUEL;
      case Outcome.HostFailure failure -> throw new IllegalStateException(failure.reason());
    };
  }

  /** Returns the verdict of a valid event. */
  public Verdict.Kind verdict(EventId id) {
    Verdict.Kind kind = verdicts.get(id);
    if (kind == null) {
      throw new IllegalArgumentException("not valid: " + id.text());
    }
    return kind;
  }

  /** Returns how many events got a verdict of a kind. */
  public long count(Verdict.Kind kind) {
    return verdicts.values().stream().filter(kind::equals).count();
  }

  /** Returns the app's entries, ascending. */
  public List<StateEntry> entries() {
    return new ArrayList<>(state.appEntries());
  }

  /** Returns the digest, from the words of rules.md, section 10. */
  public Bytes digest() {
    Map<Bytes, Bytes> kernel =
        Map.of(
            Utf8.encode("bundle"), BundleId.CODEC.encode(genesis.bundle()),
            Utf8.encode("table"), number(genesis.meteringTable()),
            Utf8.encode("format"), number(genesis.format()),
            Utf8.encode("policy"), TopicPolicy.CODEC.encode(genesis.policy()));
    TreeMap<Bytes, Bytes> app = new TreeMap<>();
    long bytes = 0;
    for (StateEntry entry : state.appEntries()) {
      app.put(entry.key(), entry.value());
      bytes += entry.key().size() + entry.value().size();
    }
    long size = bytes;
    return Hashes.derive(
        "state",
        w -> {
          w.u64(genesis.format());
          w.u64(genesis.meteringTable());
          BundleId.CODEC.write(w, genesis.bundle());
          w.u64(app.size());
          w.u64(size);
          w.fixed(SlowTrie.root(topic, app));
          w.fixed(SlowTrie.root(topic, new TreeMap<>(kernel)));
        });
  }

  private static Bytes number(long value) {
    return CanonicalWriter.write(w -> w.u64(value));
  }
}

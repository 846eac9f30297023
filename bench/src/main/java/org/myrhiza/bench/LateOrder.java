// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;

/** A long order, one event a depth, one of which comes and goes. */
final class LateOrder implements KeptOrder {
  private final TopicId topic;
  private final Genesis genesis;
  private final List<LogEntry> kept = new ArrayList<>();
  private final TreeMap<EventId, LogEntry> byId = new TreeMap<>();
  private @Nullable LogEntry away;

  LateOrder(int events, int authors, Bytes body) {
    Seeded random = new Seeded(1);
    List<PublicKey> keys = new ArrayList<>();
    for (int i = 0; i < authors; i++) {
      keys.add(new PublicKey(random.nextBytes(32)));
    }
    genesis =
        new Genesis(
            new BundleId(Bytes.zeros(32)),
            Bytes.zeros(32),
            "late",
            TopicPolicy.open(keys.getFirst()),
            0,
            0,
            Bytes.EMPTY,
            Optional.empty());
    Event first = event(TopicId.NONE, keys.getFirst(), 1, Optional.empty(), Optional.empty());
    topic = TopicId.of(first.id());
    add(first, keys.getFirst(), 1);
    for (int i = 2; i <= events; i++) {
      PublicKey key = random.pick(keys);
      add(event(topic, key, i, Optional.of(first.id()), Optional.of(body)), key, i);
    }
  }

  private Event event(
      TopicId of, PublicKey key, int number, Optional<EventId> prev, Optional<Bytes> body) {
    EventGraph.Draft draft =
        new EventGraph.Draft(number, prev, List.of(), new Clock(1_000 + number, 0));
    return body.isPresent()
        ? EventGraph.event(of, key, draft, EventKind.APP, new AppPayload(1, body.get()).encode())
        : EventGraph.event(of, key, draft, EventKind.GENESIS, Genesis.CODEC.encode(genesis));
  }

  private void add(Event event, PublicKey key, long depth) {
    LogEntry entry = new LogEntry(event, key, Place.of(topic, depth, key, event.id()));
    kept.add(entry);
    byId.put(entry.id(), entry);
  }

  /** Takes away the event that so many others follow, or lets the one that is away come late. */
  Place toggle(int distance) {
    int position = byId.size() - 1 - distance;
    LogEntry late = away;
    if (late == null) {
      LogEntry gone = kept.remove(position);
      away = gone;
      return gone.place();
    }
    kept.add(position, late);
    away = null;
    return late.place();
  }

  @Override
  public TopicId topic() {
    return topic;
  }

  @Override
  public Optional<Genesis> genesis() {
    return Optional.of(genesis);
  }

  @Override
  public @Nullable LogEntry get(EventId id) {
    return byId.get(id);
  }

  @Override
  public int keptSize() {
    return kept.size();
  }

  @Override
  public LogEntry keptAt(int position) {
    return kept.get(position);
  }

  @Override
  public int keptBefore(Place place) {
    int before = 0;
    while (before < kept.size() && kept.get(before).place().compareTo(place) < 0) {
      before++;
    }
    return before;
  }

  @Override
  public boolean isForked(LogEntry entry) {
    return false;
  }
}

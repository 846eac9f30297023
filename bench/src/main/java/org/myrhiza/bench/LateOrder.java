// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.myrhiza.log.LogEntry;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.ListedOrder;

/** A long order, one event a depth, one of which comes and goes. */
final class LateOrder extends ListedOrder {
  private @Nullable LogEntry away;

  LateOrder(int events, int authors, Bytes body) {
    Seeded random = new Seeded(1);
    List<PublicKey> keys = new ArrayList<>();
    for (int i = 0; i < authors; i++) {
      keys.add(new PublicKey(random.nextBytes(32)));
    }
    Genesis genesis =
        new Genesis(
            new BundleId(Bytes.zeros(32)),
            Bytes.zeros(32),
            "late",
            TopicPolicy.open(keys.getFirst()),
            0,
            0,
            Bytes.EMPTY,
            Optional.empty());
    EventGraph.Draft begin = draft(1, Optional.empty());
    Bytes payload = Genesis.CODEC.encode(genesis);
    Event first =
        EventGraph.event(TopicId.NONE, keys.getFirst(), begin, EventKind.GENESIS, payload);
    super(TopicId.of(first.id()), genesis);
    Bytes said = new AppPayload(1, body).encode();
    add(first, keys.getFirst(), 1);
    for (int i = 2; i <= events; i++) {
      PublicKey key = random.pick(keys);
      EventGraph.Draft draft = draft(i, Optional.of(first.id()));
      add(EventGraph.event(topic(), key, draft, EventKind.APP, said), key, i);
    }
  }

  private static EventGraph.Draft draft(int number, Optional<EventId> prev) {
    return new EventGraph.Draft(number, prev, List.of(), new Clock(1_000 + number, 0));
  }

  private void add(Event event, PublicKey key, long depth) {
    kept().add(known(event, depth, key));
  }

  /** Takes away the event that so many others follow, or lets the one that is away come late. */
  Place toggle(int distance) {
    int position = size() - 1 - distance;
    LogEntry late = away;
    if (late == null) {
      LogEntry gone = kept().remove(position);
      away = gone;
      return gone.place();
    }
    kept().add(position, late);
    away = null;
    return late.place();
  }
}

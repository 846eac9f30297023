// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.StoredEvent;

/** An order whose kept events are a list that its maker changes as it likes; no key forks. */
public abstract class ListedOrder implements KeptOrder {
  private final TopicId topic;
  private final Genesis genesis;
  private final TreeMap<EventId, StoredEvent> byId = new TreeMap<>();
  private final List<Place> places = new ArrayList<>();
  private final List<LogEntry> kept = new ArrayList<>();

  /** An order without events. */
  protected ListedOrder(TopicId topic, Genesis genesis) {
    this.topic = topic;
    this.genesis = genesis;
  }

  /** Makes an event known, at a depth that is chosen; it is not kept yet. */
  protected final LogEntry known(Event event, long depth, PublicKey principal) {
    Place place = Place.of(topic, depth, principal, event.id());
    StoredEvent stored = StoredEvent.of(event, principal, place);
    byId.put(stored.id(), stored);
    places.add(validBefore(place), place);
    return stored.entry();
  }

  /** The kept events, to be changed and to be left in order of their places. */
  protected final List<LogEntry> kept() {
    return kept;
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
    StoredEvent stored = byId.get(id);
    return stored == null ? null : stored.entry();
  }

  @Override
  public @Nullable Event event(EventId id) {
    StoredEvent stored = byId.get(id);
    return stored == null ? null : stored.event();
  }

  @Override
  public final int size() {
    return byId.size();
  }

  @Override
  public final int validBefore(Place place) {
    int found = Collections.binarySearch(places, place);
    return found < 0 ? -found - 1 : found;
  }

  @Override
  public Place validAt(int position) {
    return places.get(position);
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

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;

/** What replay sees of a log: the kept events in canonical order. */
public interface KeptOrder {
  /** Returns the topic. */
  TopicId topic();

  /** Returns what the genesis says, once it is here. */
  Optional<Genesis> genesis();

  /** Returns a valid event, kept or not; null for any other. */
  @Nullable LogEntry get(EventId id);

  /**
   * Returns a valid event with all its bytes, kept or not; null for any other, and for one that has
   * to be loaded first.
   */
  @Nullable Event event(EventId id);

  /** Returns how many events are valid, kept or not. */
  int size();

  /** Returns how many valid events stand before a place, kept or not. */
  int validBefore(Place place);

  /**
   * Returns the place of the valid event at a position of the canonical order, from 0.
   *
   * @throws IllegalArgumentException if there is none
   */
  Place validAt(int position);

  /** Returns how many events are kept. */
  int keptSize();

  /**
   * Returns the kept event at a position of the canonical order of kept events, from 0.
   *
   * @throws IllegalArgumentException if there is none
   */
  LogEntry keptAt(int position);

  /** Returns how many kept events stand before a place. */
  int keptBefore(Place place);

  /** Returns whether the event's key forked at or before the event's own seq. */
  boolean isForked(LogEntry entry);
}

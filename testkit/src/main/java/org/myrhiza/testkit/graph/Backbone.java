// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.testkit.Seeded;

/**
 * Events of one author who goes on and on, and of many visitors, each of whom joins somewhere on
 * the way, says a little and is cited by nobody. So any visitor's last event may be missing.
 */
public final class Backbone {
  private final Seeded random;
  private final PublicKey founder;
  private final Consumer<Event> taker;
  private final List<EventId> ends = new ArrayList<>();
  private final TopicId topic;
  private EventId last;
  private long seq = 1;

  /**
   * Begins with the genesis.
   *
   * @param taker gets each event as it is made
   */
  public Backbone(Seeded random, Consumer<Event> taker) {
    this.random = random;
    this.taker = taker;
    founder = new PublicKey(random.nextBytes(32));
    Event genesis = EventGraph.genesis(random, founder);
    topic = TopicId.of(genesis.id());
    last = genesis.id();
    taker.accept(genesis);
  }

  /** The topic. */
  public TopicId topic() {
    return topic;
  }

  /** The visitors' last events. */
  public List<EventId> ends() {
    return ends;
  }

  /** Adds events of the founder, each after the one before. */
  public void goOn(int events) {
    for (int i = 0; i < events; i++) {
      seq++;
      Event event = app(founder, seq, last);
      last = event.id();
      taker.accept(event);
    }
  }

  /** Adds a visitor with so many events, the join included. */
  public void visit(int events) {
    PublicKey key = new PublicKey(random.nextBytes(32));
    EventGraph.Draft draft =
        new EventGraph.Draft(1, Optional.empty(), List.of(last), new Clock(1_001, 0));
    Join join = new Join(Optional.empty(), Optional.empty());
    Event event = EventGraph.event(topic, key, draft, EventKind.JOIN, Join.CODEC.encode(join));
    taker.accept(event);
    for (int i = 2; i <= events; i++) {
      event = app(key, i, event.id());
      taker.accept(event);
    }
    ends.add(event.id());
  }

  private Event app(PublicKey key, long number, EventId prev) {
    EventGraph.Draft draft =
        new EventGraph.Draft(number, Optional.of(prev), List.of(), new Clock(1_000 + number, 0));
    Bytes payload = new AppPayload(1, random.nextBytes(8)).encode();
    return EventGraph.event(topic, key, draft, EventKind.APP, payload);
  }
}

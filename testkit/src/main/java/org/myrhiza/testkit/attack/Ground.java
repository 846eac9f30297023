// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.sim.Signing;

/**
 * What an attack finds: a topic that its founder and some others have written, one event a depth,
 * each on the one before; the founder had the last word. All of it is signed.
 */
public final class Ground {
  private final Signing signing;
  private final Seeded random;
  private final TopicId topic;
  private final Pen founder;
  private final List<Pen> pens = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Event> joins = new ArrayList<>();

  /**
   * Writes the topic.
   *
   * @param authors beside the founder
   * @param size of events, the genesis and the joins included
   */
  public Ground(Signing signing, int authors, int size) {
    this.signing = signing;
    random = new Seeded(1);
    Bytes seed = random.nextBytes(32);
    PublicKey key = signing.publicKey(seed);
    Event genesis = genesis(seed, key);
    topic = TopicId.of(genesis.id());
    founder = new Pen(signing, seed, topic);
    founder.goOn(genesis);
    events.add(genesis);
    for (int i = 0; i < authors; i++) {
      Pen pen = pen();
      pens.add(pen);
      joins.add(pen.join(tip()));
      events.add(joins.getLast());
    }
    while (events.size() < size - 1) {
      events.add(pens.get(events.size() % authors).say(tip()));
    }
    events.add(founder.say(tip()));
  }

  private Event genesis(Bytes seed, PublicKey key) {
    Genesis genesis =
        new Genesis(
            new BundleId(Bytes.zeros(32)),
            Bytes.zeros(32),
            "ground",
            TopicPolicy.open(key),
            0,
            0,
            Bytes.EMPTY,
            Optional.empty());
    Bytes payload = Genesis.CODEC.encode(genesis);
    EventHeader header =
        new EventHeader(
            TopicId.NONE,
            key,
            1,
            Optional.empty(),
            List.of(),
            new Clock(1, 0),
            EventKind.GENESIS,
            payload.size(),
            EventHeader.payloadHash(payload));
    return Event.of(header, payload, signing.sign(seed, header.id().bytes()));
  }

  private Pen pen() {
    return pen(signing);
  }

  /** A key that nobody knows yet. */
  Pen pen(Signing by) {
    return new Pen(by, random.nextBytes(32), topic);
  }

  TopicId topic() {
    return topic;
  }

  Signing signing() {
    return signing;
  }

  /** All events, in order. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** The founder's key, as it stands after the last event. */
  Pen founder() {
    return founder.copy(signing);
  }

  /** How many authors there are beside the founder. */
  int authors() {
    return pens.size();
  }

  /** The key of an author, as it stands after the last event. */
  Pen author(int index, Signing by) {
    return pens.get(index).copy(by);
  }

  Event join(int author) {
    return joins.get(author);
  }

  Event genesis() {
    return events.getFirst();
  }

  EventId tip() {
    return events.getLast().id();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.attack;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Fence;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.sim.Signing;

/** A key that writes a chain, and can go back in it. */
final class Pen {
  private static final Bytes SAID = new AppPayload(1, Bytes.of(1)).encode();
  private static final long FIRST_MILLIS = 1_000;

  private final Signing signing;
  private final Bytes seed;
  private final TopicId topic;
  private final PublicKey key;
  private long seq;
  private Optional<EventId> last = Optional.empty();

  Pen(Signing signing, Bytes seed, TopicId topic) {
    this.signing = signing;
    this.seed = seed;
    this.topic = topic;
    key = signing.publicKey(seed);
  }

  PublicKey key() {
    return key;
  }

  /** Another copy of the key, which stands where this one stands and signs by its own means. */
  Pen copy(Signing by) {
    Pen copy = new Pen(by, seed, topic);
    copy.seq = seq;
    copy.last = last;
    return copy;
  }

  /** Goes back to an event of its own: the next one follows that. */
  void goBackTo(long number, EventId event) {
    seq = number;
    last = Optional.of(event);
  }

  /** Its first event, as a principal of its own. */
  Event join(EventId... deps) {
    Bytes payload = Join.CODEC.encode(new Join(Optional.empty(), Optional.empty()));
    return next(EventKind.JOIN, payload, deps);
  }

  /** Its first event, as a further key of another one. */
  Event joinFor(Pen principal, EventId... deps) {
    Certificate.Unsigned unsigned =
        new Certificate.Unsigned(principal.key, topic.bytes(), key, InstanceKind.DEVICE, "another");
    Certificate certificate =
        unsigned.signed(principal.signing.sign(principal.seed, unsigned.message()));
    Bytes payload = Join.CODEC.encode(new Join(Optional.of(certificate), Optional.empty()));
    return next(EventKind.JOIN, payload, deps);
  }

  /** An event that the app gets. */
  Event say(EventId... deps) {
    return next(EventKind.APP, SAID, deps);
  }

  /** The same with a body of its own, so that its id is another one. */
  Event say(Bytes body, EventId... deps) {
    return next(EventKind.APP, new AppPayload(1, body).encode(), deps);
  }

  Event fence(PublicKey principal, EventId... deps) {
    Fence fence = new Fence(Fence.Subject.PRINCIPAL, principal);
    return next(EventKind.FENCE, Fence.CODEC.encode(fence), deps);
  }

  private Event next(EventKind kind, Bytes payload, EventId... deps) {
    Clock clock = new Clock(FIRST_MILLIS + seq + 1, 0);
    Event event = signed(header(kind, payload, clock, deps), payload);
    goOn(event);
    return event;
  }

  /** Lets an event that was made be the last one. */
  void goOn(Event event) {
    seq = event.header().seq();
    last = Optional.of(event.id());
  }

  /** The header of its next event, which is not made yet. */
  EventHeader header(EventKind kind, Bytes payload, Clock clock, EventId... deps) {
    List<EventId> others =
        List.of(deps).stream()
            .filter(dep -> !Optional.of(dep).equals(last))
            .sorted()
            .distinct()
            .toList();
    return new EventHeader(
        topic,
        key,
        seq + 1,
        last,
        others,
        clock,
        kind,
        payload.size(),
        EventHeader.payloadHash(payload));
  }

  Event signed(EventHeader header, Bytes payload) {
    Signature signature = signing.sign(seed, header.id().bytes());
    return Event.of(header, payload, signature);
  }
}

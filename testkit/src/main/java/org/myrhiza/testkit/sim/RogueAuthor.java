// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.event.Admit;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Fence;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.HostileBytes;

/**
 * A key that signs whatever it is asked to. Its chain is a good one, and from a good event others
 * can be made that are not.
 */
public final class RogueAuthor {
  private static final long FIRST_MILLIS = 1_000;

  private final Signing signing;
  private final Bytes seed;
  private final TopicId topic;
  private final PublicKey key;
  private final Optional<Bytes> user;
  private @Nullable Event last;

  RogueAuthor(Signing signing, Bytes seed, TopicId topic) {
    this(signing, seed, topic, Optional.empty());
  }

  /**
   * A key of a user.
   *
   * @param user seed of the user's key, which certifies this one; without it, it is the user's own
   */
  RogueAuthor(Signing signing, Bytes seed, TopicId topic, Optional<Bytes> user) {
    this.signing = signing;
    this.seed = seed;
    this.user = user;
    this.topic = topic;
    key = signing.publicKey(seed);
  }

  /** The key that signs. */
  public PublicKey key() {
    return key;
  }

  /** Its next good event: first its join, which cites the genesis, and then the app's. */
  public Event next(Bytes payload) {
    Event before = last;
    Event next =
        before == null
            ? event(1, Optional.empty(), Join.CODEC.encode(openJoin()))
            : event(before.header().seq() + 1, Optional.of(before.id()), payload);
    last = next;
    return next;
  }

  private Join openJoin() {
    return new Join(user.map(this::certificate), Optional.empty());
  }

  private Certificate certificate(Bytes by) {
    Certificate.Unsigned claim =
        new Certificate.Unsigned(
            signing.publicKey(by), topic.bytes(), key(), InstanceKind.DEVICE, "rogue");
    return claim.signed(signing.sign(by, claim.message()));
  }

  /**
   * An event of its chain, or of one that it claims to have.
   *
   * @param seq 1 makes it a join, which cites the genesis
   * @param prev the event that it says is before it
   * @param payload what it carries
   */
  public Event event(long seq, Optional<EventId> prev, Bytes payload) {
    List<EventId> deps = prev.isPresent() ? List.of() : List.of(new EventId(topic.bytes()));
    return event(new Step(seq, prev, deps), seq == 1 ? EventKind.JOIN : EventKind.APP, payload);
  }

  private record Step(long seq, Optional<EventId> prev, List<EventId> deps) {}

  private Event event(Step step, EventKind kind, Bytes payload) {
    EventHeader header =
        new EventHeader(
            topic,
            key(),
            step.seq,
            step.prev,
            step.deps,
            new Clock(FIRST_MILLIS + step.seq, 0),
            kind,
            payload.size(),
            EventHeader.payloadHash(payload));
    return Event.of(header, payload, signing.sign(seed, header.id().bytes()));
  }

  /**
   * A join of its key, which has no certificate, so that the key is the user's.
   *
   * @param proof what it proves
   * @param deps what it cites, ascending
   */
  public Event join(Optional<AdmissionProof> proof, List<EventId> deps) {
    Bytes payload = Join.CODEC.encode(new Join(Optional.empty(), proof));
    Event join = event(new Step(1, Optional.empty(), deps), EventKind.JOIN, payload);
    last = join;
    return join;
  }

  /** Its next good event, which lets somebody in if it may do that. */
  public Event admit(Admit admit) {
    return deed(EventKind.ADMIT, Admit.CODEC.encode(admit), List.of());
  }

  /** Its next good event, a fence over a chain key, of which it has seen nothing. */
  public Event fence(PublicKey fenced) {
    return fence(new Fence(Fence.Subject.CHAIN_KEY, fenced), List.of());
  }

  /**
   * Its next good event, a fence.
   *
   * @param seen the events that it cites beside its own last one, ascending
   */
  public Event fence(Fence fence, List<EventId> seen) {
    return deed(EventKind.FENCE, Fence.CODEC.encode(fence), seen);
  }

  private Event deed(EventKind kind, Bytes payload, List<EventId> seen) {
    Event before = Objects.requireNonNull(last, "it has not joined");
    Step step = new Step(before.header().seq() + 1, Optional.of(before.id()), seen);
    Event next = event(step, kind, payload);
    last = next;
    return next;
  }

  /** Events that wait for one that nobody has, in the order of their clocks. */
  public List<Event> orphans(int count, Bytes payload) {
    EventId nobodys = new EventId(Blake3.hash(seed));
    List<Event> orphans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orphans.add(event(2L + i, Optional.of(nobodys), payload));
    }
    return orphans;
  }

  /** The same event, and so the same id, with a signature that is not good. */
  public static Event badlySigned(Event good) {
    Bytes signature = HostileBytes.flipped(good.signature().bytes(), 0);
    return Event.of(good.header(), good.payload(), new Signature(signature));
  }

  /** The same event, and so the same id, with a payload that its header does not name. */
  public static Event withOtherPayload(Event good) {
    return Event.of(good.header(), HostileBytes.flipped(good.payload(), 0), good.signature());
  }
}

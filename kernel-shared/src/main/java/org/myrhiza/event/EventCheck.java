// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.event.EventVerdict.Invalid;
import org.myrhiza.event.EventVerdict.Passed;
import org.myrhiza.event.EventVerdict.Rule;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.SignedClaim;

/**
 * The rules of validity that an event's own bytes decide, and the one that compares it with the
 * event before it in its chain. Whether parents are valid, and what admission asks of ancestors, is
 * for the log; whether claims are true, for a verifier.
 */
public final class EventCheck {
  private EventCheck() {}

  /**
   * Checks an event for a topic.
   *
   * @param topic the topic's id, which is its genesis's id
   */
  public static EventVerdict check(Event event, TopicId topic) {
    Optional<Invalid> fault =
        payload(event)
            .or(() -> topic(event, topic))
            .or(() -> chain(event.header()))
            .or(() -> parents(event.header()));
    return fault.isPresent() ? fault.get() : content(event);
  }

  private static Optional<Invalid> payload(Event event) {
    Bytes hash = EventHeader.payloadHash(event.payload());
    Bytes named = event.header().payloadHash();
    return hash.equals(named)
        ? Optional.empty()
        : fault(Rule.PAYLOAD, "payload hash", hash.toHex(), named.toHex());
  }

  private static Optional<Invalid> topic(Event event, TopicId topic) {
    TopicId field = event.header().topic();
    boolean genesis = event.header().kind() == EventKind.GENESIS;
    if (genesis != field.equals(TopicId.NONE)) {
      String allowed = genesis ? "zeros in a genesis" : "zeros in a genesis only";
      return fault(Rule.TOPIC, "topic field", field.bytes().toHex(), allowed);
    }
    return event.topic().equals(topic)
        ? Optional.empty()
        : fault(Rule.TOPIC, "topic", event.topic().text(), topic.text());
  }

  private static Optional<Invalid> chain(EventHeader header) {
    boolean first = header.seq() == 1;
    if (first == header.prev().isPresent()) {
      String seen = header.prev().isPresent() ? "present" : "absent";
      String allowed = first ? "absent at seq 1" : "present above seq 1";
      return fault(Rule.CHAIN, "previous event", seen, allowed);
    }
    boolean opens = header.kind() == EventKind.GENESIS || header.kind() == EventKind.JOIN;
    return first == opens
        ? Optional.empty()
        : fault(
            Rule.CHAIN,
            "kind at seq " + header.seq(),
            header.kind().label(),
            first ? "genesis or join" : "neither genesis nor join");
  }

  private static Optional<Invalid> parents(EventHeader header) {
    boolean genesis = header.kind() == EventKind.GENESIS;
    List<EventId> deps = header.deps();
    if (genesis && !deps.isEmpty()) {
      return fault(Rule.PARENTS, "deps of a genesis", deps.size() + " events", "none");
    }
    if (!genesis && header.parents().isEmpty()) {
      return fault(Rule.PARENTS, "parents", "none", "at least one");
    }
    if (header.prev().isPresent() && deps.contains(header.prev().get())) {
      return fault(Rule.PARENTS, "deps", "the previous event among them", "other events");
    }
    return Optional.empty();
  }

  private static EventVerdict content(Event event) {
    EventKind kind = event.header().kind();
    return switch (kind) {
      case APP -> app(event);
      case GENESIS -> genesis(event);
      case JOIN -> join(event);
      case FENCE -> fence(event);
      case ADMIT -> admit(event);
      case UPGRADE, ANCHOR_POLICY, SEAL ->
          new Invalid(Rule.RESERVED, "kind", kind.label(), "app, genesis, join, fence or admit");
    };
  }

  private static EventVerdict fence(Event event) {
    return switch (Fence.CODEC.decode(event.payload())) {
      case Decoded.Bad<Fence>(Malformed bad) -> malformed(bad);
      case Decoded.Ok<Fence>(Fence fence) ->
          fence.subject() == Fence.Subject.CHAIN_KEY && fence.key().equals(event.header().signer())
              ? new Invalid(Rule.CONTENT, "fenced key", "the signer's own", "another")
              : new Passed(Optional.empty(), List.of(event.claim()));
    };
  }

  private static EventVerdict admit(Event event) {
    return switch (Admit.CODEC.decode(event.payload())) {
      case Decoded.Bad<Admit>(Malformed bad) -> malformed(bad);
      case Decoded.Ok<Admit> ok -> new Passed(Optional.empty(), List.of(event.claim()));
    };
  }

  private static EventVerdict app(Event event) {
    return switch (AppPayload.decode(event.payload())) {
      case Decoded.Bad<AppPayload>(Malformed bad) -> malformed(bad);
      case Decoded.Ok<AppPayload> ok -> new Passed(Optional.empty(), List.of(event.claim()));
    };
  }

  private static EventVerdict genesis(Event event) {
    return switch (Genesis.CODEC.decode(event.payload())) {
      case Decoded.Bad<Genesis>(Malformed bad) -> malformed(bad);
      case Decoded.Ok<Genesis>(Genesis genesis) ->
          certified(event, genesis.certificate(), genesis.seed());
    };
  }

  private static EventVerdict join(Event event) {
    return switch (Join.CODEC.decode(event.payload())) {
      case Decoded.Bad<Join>(Malformed bad) -> malformed(bad);
      case Decoded.Ok<Join>(Join join) ->
          proved(event, join, certified(event, join.certificate(), event.header().topic().bytes()));
    };
  }

  /** Adds the invitation's signature to what has to be verified. */
  private static EventVerdict proved(Event event, Join join, EventVerdict certified) {
    if (join.admissionProof().isEmpty() || !(certified instanceof Passed passed)) {
      return certified;
    }
    PublicKey principal = passed.principal().orElseThrow();
    AdmissionProof proof = join.admissionProof().get();
    List<SignedClaim> claims = new ArrayList<>(passed.claims());
    claims.add(proof.claim(event.header().topic(), principal));
    return new Passed(passed.principal(), claims);
  }

  private static EventVerdict certified(
      Event event, Optional<Certificate> certificate, Bytes scope) {
    PublicKey signer = event.header().signer();
    if (certificate.isEmpty()) {
      return new Passed(Optional.of(signer), List.of(event.claim()));
    }
    Certificate given = certificate.get();
    if (!given.instance().equals(signer)) {
      String seen = given.instance().bytes().toHex();
      return new Invalid(
          Rule.CERTIFICATE, "certified key", seen, "the signer " + signer.bytes().toHex());
    }
    if (!given.scope().equals(scope)) {
      return new Invalid(
          Rule.CERTIFICATE, "certificate's scope", given.scope().toHex(), scope.toHex());
    }
    List<SignedClaim> claims = new ArrayList<>();
    claims.add(event.claim());
    claims.add(given.claim());
    return new Passed(Optional.of(given.principal()), claims);
  }

  /**
   * Checks what an event and the previous one of its chain must have in common: key, seq and clock
   * of the previous one are told. The claims of a passed verdict are empty.
   */
  public static EventVerdict followsPrev(
      EventHeader event, PublicKey signer, long seq, Clock clock) {
    if (!event.signer().equals(signer)) {
      return new Invalid(Rule.CHAIN, "key of the previous event", "another", "the signer's");
    }
    if (event.seq() - 1 != seq) {
      return new Invalid(Rule.CHAIN, "seq", Long.toString(event.seq()), Long.toString(seq + 1));
    }
    if (event.clock().compareTo(clock) <= 0) {
      return new Invalid(Rule.CLOCK, "clock", event.clock().toString(), "above " + clock);
    }
    return new Passed(Optional.empty(), List.of());
  }

  private static Invalid malformed(Malformed bad) {
    String what = "payload: " + bad.what() + " at offset " + bad.offset();
    return new Invalid(Rule.CONTENT, what, bad.seen(), bad.allowed());
  }

  private static Optional<Invalid> fault(Rule rule, String what, String seen, String allowed) {
    return Optional.of(new Invalid(rule, what, seen, allowed));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.Admission;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Join;
import org.myrhiza.event.Limits;
import org.myrhiza.event.ReadPolicy;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.vectors.VectorFiles;

/**
 * The little topic that the golden events tell, built field by field: a founder's genesis, a
 * friend's join, and app events of both. The signatures come from the vectors, since suites cannot
 * sign.
 */
final class EventVectors {
  static final long MILLIS = 1_790_000_000_000L;

  private final JsonValue file = Json.parse(VectorFiles.spec("event.json"));

  JsonValue file() {
    return file;
  }

  Bytes bytes(String section, String name) {
    return Bytes.hex(file.at(section).at(name).text());
  }

  PublicKey key(String name) {
    return new PublicKey(bytes("keys", name));
  }

  Signature signature(String name) {
    return new Signature(bytes("signatures", name));
  }

  Certificate certificate(String principal, Bytes scope, String instance, String name) {
    Signature signature = signature(instance + " certificate");
    return new Certificate(
        key(principal), scope, key(instance), InstanceKind.DEVICE, name, signature);
  }

  TopicPolicy policy() {
    List<PublicKey> fencers = new ArrayList<>(List.of(key("founder"), key("friend")));
    fencers.sort(null);
    return new TopicPolicy(
        Admission.OPEN,
        fencers,
        List.of(key("founder")),
        List.of(),
        ReadPolicy.MEMBERS,
        Limits.QUOTA_BYTES,
        Limits.QUOTA_KEYS);
  }

  Genesis genesisPayload() {
    Bytes seed = bytes("keys", "seed");
    return new Genesis(
        new BundleId(bytes("keys", "bundle")),
        seed,
        "Küche",
        policy(),
        0,
        0,
        Bytes.of(1, 2, 3),
        Optional.of(certificate("founder", seed, "founder laptop", "Laptop")));
  }

  Join joinPayload() {
    Bytes scope = genesis().id().bytes();
    return new Join(
        Optional.of(certificate("friend", scope, "friend phone", "")), Optional.empty());
  }

  /** The friend's use of an invitation. */
  AdmissionProof admissionProof() {
    return new AdmissionProof(key("invitation"), signature("admission of friend"));
  }

  Event genesis() {
    Bytes payload = Genesis.CODEC.encode(genesisPayload());
    return event(
        "genesis", new Step("founder laptop", 1, EventKind.GENESIS, 0), List.of(), payload);
  }

  Event join() {
    Bytes payload = Join.CODEC.encode(joinPayload());
    List<Event> cited = List.of(genesis());
    return event("join", new Step("friend phone", 1, EventKind.JOIN, 5), cited, payload);
  }

  /** The founder's second event; cites the join. */
  Event first() {
    Bytes payload = new AppPayload(1, Bytes.of(0xff)).encode();
    List<Event> cited = List.of(genesis(), join());
    return event("first", new Step("founder laptop", 2, EventKind.APP, 9), cited, payload);
  }

  /** The friend's second event, with a tag of two bytes and an empty body. */
  Event second() {
    Bytes payload = new AppPayload(300, Bytes.EMPTY).encode();
    List<Event> cited = List.of(join(), first());
    return event("second", new Step("friend phone", 2, EventKind.APP, 9), cited, payload);
  }

  /** The founder's other second event: with {@link #first} a fork. */
  Event forked() {
    Bytes payload = new AppPayload(1, Utf8.encode("fork")).encode();
    List<Event> cited = List.of(genesis());
    return event("forked", new Step("founder laptop", 2, EventKind.APP, 9), cited, payload);
  }

  Event named(String name) {
    return switch (name) {
      case "genesis" -> genesis();
      case "join" -> join();
      case "first" -> first();
      case "second" -> second();
      case "forked" -> forked();
      default -> throw new AssertionError("no event " + name);
    };
  }

  private record Step(String signer, long seq, EventKind kind, int later) {}

  /** Builds an event: of those cited, the first is the previous one unless this begins a chain. */
  private Event event(String name, Step step, List<Event> cited, Bytes payload) {
    boolean begins = step.seq == 1;
    List<EventId> deps = new ArrayList<>();
    for (Event event : begins ? cited : cited.subList(1, cited.size())) {
      deps.add(event.id());
    }
    deps.sort(null);
    boolean genesis = step.kind == EventKind.GENESIS;
    EventHeader header =
        new EventHeader(
            genesis ? TopicId.NONE : TopicId.of(genesis().id()),
            key(step.signer),
            step.seq,
            begins ? Optional.empty() : Optional.of(cited.get(0).id()),
            deps,
            new Clock(MILLIS + step.later, step.later),
            step.kind,
            payload.size(),
            EventHeader.payloadHash(payload));
    return Event.of(header, payload, signature(name));
  }

  /** Returns an event like another, with some header field changed and the same signature. */
  static Event with(Event event, UnaryOperator<Draft> change) {
    return change.apply(Draft.of(event)).event();
  }

  /** An event whose fields can be replaced one by one. */
  record Draft(EventHeader header, Bytes payload, Signature signature) {
    static Draft of(Event event) {
      return new Draft(event.header(), event.payload(), event.signature());
    }

    Event event() {
      return Event.of(header, payload, signature);
    }

    Draft header(EventHeader other) {
      return new Draft(other, payload, signature);
    }

    Draft topic(TopicId topic) {
      return header(
          new EventHeader(
              topic,
              header.signer(),
              header.seq(),
              header.prev(),
              header.deps(),
              header.clock(),
              header.kind(),
              header.payloadLength(),
              header.payloadHash()));
    }

    Draft signer(PublicKey signer) {
      return header(
          new EventHeader(
              header.topic(),
              signer,
              header.seq(),
              header.prev(),
              header.deps(),
              header.clock(),
              header.kind(),
              header.payloadLength(),
              header.payloadHash()));
    }

    Draft chain(long seq, Optional<EventId> prev, List<EventId> deps) {
      return header(
          new EventHeader(
              header.topic(),
              header.signer(),
              seq,
              prev,
              deps,
              header.clock(),
              header.kind(),
              header.payloadLength(),
              header.payloadHash()));
    }

    Draft clock(Clock clock) {
      return header(
          new EventHeader(
              header.topic(),
              header.signer(),
              header.seq(),
              header.prev(),
              header.deps(),
              clock,
              header.kind(),
              header.payloadLength(),
              header.payloadHash()));
    }

    Draft kind(EventKind kind) {
      return header(
          new EventHeader(
              header.topic(),
              header.signer(),
              header.seq(),
              header.prev(),
              header.deps(),
              header.clock(),
              kind,
              header.payloadLength(),
              header.payloadHash()));
    }

    /** Replaces the payload, and its length and hash in the header. */
    Draft payload(Bytes other) {
      EventHeader fitting =
          new EventHeader(
              header.topic(),
              header.signer(),
              header.seq(),
              header.prev(),
              header.deps(),
              header.clock(),
              header.kind(),
              other.size(),
              EventHeader.payloadHash(other));
      return new Draft(fitting, other, signature);
    }

    /** Replaces the payload's bytes only. */
    Draft bytes(Bytes other) {
      return new Draft(header, other, signature);
    }
  }
}

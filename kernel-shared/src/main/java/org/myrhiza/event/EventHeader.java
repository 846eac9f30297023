// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Words;
import org.myrhiza.hash.HashContext;
import org.myrhiza.identity.PublicKey;

/**
 * The part of an event that is hashed and signed. It is well-formed, which is not yet valid: {@link
 * EventCheck} says what its own content allows, the log what its ancestors do.
 *
 * @param topic the topic; zeros in a genesis
 * @param signer the chain key, under which the signature must be good
 * @param seq the place in the signer's chain within the topic, from 1 to {@link Limits#SEQ}
 * @param prev the event before it in the chain
 * @param deps other events that the author had seen, strictly ascending, at most 64
 * @param clock the moment that the author gives
 * @param kind what the event is for
 * @param payloadLength bytes of the payload, 0 to {@link Limits#PAYLOAD_BYTES}
 * @param payloadHash 32 bytes: {@code H("payload", payload)}
 */
public record EventHeader(
    TopicId topic,
    PublicKey signer,
    long seq,
    Optional<EventId> prev,
    List<EventId> deps,
    Clock clock,
    EventKind kind,
    int payloadLength,
    Bytes payloadHash) {

  /** The canonical form, beginning with the version byte. */
  public static final Codec<EventHeader> CODEC = Codec.of(EventHeader::write, EventHeader::read);

  private static final HashContext ID = HashContext.of("event");
  private static final HashContext PAYLOAD = HashContext.of("payload");

  /** Checks ranges and the order of the deps, and copies them. */
  public EventHeader {
    deps = List.copyOf(deps);
    if (seq < 1 || seq > Limits.SEQ) {
      throw new IllegalArgumentException("seq " + seq + ", allowed 1 to " + Limits.SEQ);
    }
    if (payloadLength < 0 || payloadLength > Limits.PAYLOAD_BYTES) {
      throw new IllegalArgumentException("payload of " + payloadLength + " bytes");
    }
    if (payloadHash.size() != org.myrhiza.hash.Limits.HASH_BYTES) {
      throw new IllegalArgumentException("payload hash of " + payloadHash.size() + " bytes");
    }
    checkDeps(deps);
  }

  private static void checkDeps(List<EventId> deps) {
    if (deps.size() > Limits.DEPS) {
      throw new IllegalArgumentException(deps.size() + " deps, allowed 0 to " + Limits.DEPS);
    }
    for (int i = 1; i < deps.size(); i++) {
      if (deps.get(i).compareTo(deps.get(i - 1)) <= 0) {
        throw new IllegalArgumentException("deps are not strictly ascending at " + i);
      }
    }
  }

  /** Returns the hash by which a header names its payload. */
  public static Bytes payloadHash(Bytes payload) {
    return PAYLOAD.hash(payload);
  }

  /** Returns the canonical bytes. */
  public Bytes encode() {
    return CODEC.encode(this);
  }

  /** Computes the id; {@link Event#id} keeps it. */
  public EventId id() {
    return idOf(encode());
  }

  /** Computes the id of the header that has these canonical bytes. */
  static EventId idOf(Words encoded) {
    return new EventId(ID.hash(encoded));
  }

  /** Returns the previous event, if any, and then the deps. */
  public List<EventId> parents() {
    List<EventId> parents = new ArrayList<>(deps.size() + 1);
    prev.ifPresent(parents::add);
    parents.addAll(deps);
    return parents;
  }

  private static void write(CanonicalWriter writer, EventHeader header) {
    writer.u8(Limits.HEADER_VERSION);
    TopicId.CODEC.write(writer, header.topic);
    PublicKey.CODEC.write(writer, header.signer);
    writer.leb(header.seq);
    writer.optional(header.prev, EventId.CODEC);
    writer.set(header.deps, Limits.DEPS, EventId.CODEC);
    Clock.CODEC.write(writer, header.clock);
    EventKind.CODEC.write(writer, header.kind);
    writer.lebInt(header.payloadLength, Limits.PAYLOAD_BYTES);
    writer.fixed(header.payloadHash);
  }

  private static EventHeader read(CanonicalReader reader) {
    reader.version(Limits.HEADER_VERSION);
    return new EventHeader(
        TopicId.CODEC.read(reader.at("topic")),
        PublicKey.CODEC.read(reader.at("chain key")),
        reader.at("seq").lebLong(1, Limits.SEQ),
        reader.at("prev").optional(EventId.CODEC),
        reader.at("deps").set(Limits.DEPS, EventId.CODEC),
        Clock.CODEC.read(reader.at("clock")),
        EventKind.CODEC.read(reader.at("kind")),
        reader.at("payload length").lebInt(Limits.PAYLOAD_BYTES),
        reader.at("payload hash").fixed(org.myrhiza.hash.Limits.HASH_BYTES));
  }
}

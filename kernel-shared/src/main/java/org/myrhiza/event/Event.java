// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignedClaim;

/**
 * A header with its payload and a signature, as sent and stored. Well-formed only: payload hash,
 * signature and the rest are for {@link EventCheck} and a verifier.
 */
public final class Event {
  /** The header, then 64 bytes of signature, then as many bytes of payload as the header says. */
  public static final Codec<Event> CODEC = Codec.of(Event::write, Event::read);

  private static final int HASH_FACTOR = 31;

  private final EventHeader header;
  private final Bytes payload;
  private final Signature signature;
  private final EventId id;

  private Event(EventHeader header, Bytes payload, Signature signature, EventId id) {
    this.header = header;
    this.payload = payload;
    this.signature = signature;
    this.id = id;
  }

  /**
   * Returns an event.
   *
   * @throws IllegalArgumentException if the payload has not the length that the header says
   */
  public static Event of(EventHeader header, Bytes payload, Signature signature) {
    if (payload.size() != header.payloadLength()) {
      throw new IllegalArgumentException(
          "payload of " + payload.size() + " bytes, header says " + header.payloadLength());
    }
    return new Event(header, payload, signature, header.id());
  }

  /** Returns the header. */
  public EventHeader header() {
    return header;
  }

  /** Returns the payload, whose hash may or may not be the header's. */
  public Bytes payload() {
    return payload;
  }

  /** Returns the signature, good or not; it is no part of the id. */
  public Signature signature() {
    return signature;
  }

  /** Returns the id, computed once. */
  public EventId id() {
    return id;
  }

  /** Returns the topic; for a genesis the one that it begins. */
  public TopicId topic() {
    return header.kind() == EventKind.GENESIS ? TopicId.of(id) : header.topic();
  }

  /** Returns the canonical bytes. */
  public Bytes encode() {
    return CODEC.encode(this);
  }

  /** Returns what is to be verified: that the chain key signed the id. */
  public SignedClaim claim() {
    return new SignedClaim(header.signer(), id.bytes(), signature);
  }

  private static void write(CanonicalWriter writer, Event event) {
    EventHeader.CODEC.write(writer, event.header);
    Signature.CODEC.write(writer, event.signature);
    writer.fixed(event.payload);
  }

  /** A header has one form, so what was read is what would be written to compute the id. */
  private static Event read(CanonicalReader reader) {
    int begin = reader.offset();
    EventHeader header = EventHeader.CODEC.read(reader);
    EventId id = EventHeader.idOf(reader.since(begin));
    Signature signature = Signature.CODEC.read(reader.at("signature"));
    Bytes payload = reader.at("payload").fixed(header.payloadLength());
    return new Event(header, payload, signature, id);
  }

  /** Two events are equal when all their bytes are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Event that
        && id.equals(that.id)
        && signature.equals(that.signature)
        && payload.equals(that.payload);
  }

  @Override
  public int hashCode() {
    return id.hashCode() * HASH_FACTOR + signature.hashCode();
  }

  /** Returns the id's text. */
  @Override
  public String toString() {
    return id.text();
  }
}

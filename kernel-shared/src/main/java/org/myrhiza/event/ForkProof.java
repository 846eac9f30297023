// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.List;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignedClaim;

/**
 * Proof that a chain key signed two different headers with one {@code seq}. Anyone can check it
 * without the topic's history, under 5 KB; nothing is asked of the headers' ancestors or payloads.
 *
 * @param first the header with the smaller id
 * @param firstSignature the signature of its id
 * @param second the header with the greater id, of the same key and {@code seq}
 * @param secondSignature the signature of its id
 */
public record ForkProof(
    EventHeader first, Signature firstSignature, EventHeader second, Signature secondSignature) {

  /** The version byte of its form. */
  public static final int VERSION = 0;

  /** The canonical form. */
  public static final Codec<ForkProof> CODEC = Codec.of(ForkProof::write, ForkProof::read);

  /** Checks that both are of one key and seq, and in order. */
  public ForkProof {
    if (!sameStep(first, second) || first.id().compareTo(second.id()) >= 0) {
      throw new IllegalArgumentException(
          "not two different headers of one key and seq, the smaller id first");
    }
  }

  private static boolean sameStep(EventHeader a, EventHeader b) {
    return a.signer().equals(b.signer()) && a.seq() == b.seq();
  }

  /**
   * Returns the proof of two events, in whatever order.
   *
   * @throws IllegalArgumentException if they are no fork
   */
  public static ForkProof of(Event a, Event b) {
    Event first = a.id().compareTo(b.id()) < 0 ? a : b;
    Event second = a.id().compareTo(b.id()) < 0 ? b : a;
    return new ForkProof(first.header(), first.signature(), second.header(), second.signature());
  }

  /** Returns whether both headers are of the topic, or one its genesis. */
  public boolean isWithin(TopicId topic) {
    return isWithin(first, topic) && isWithin(second, topic);
  }

  private static boolean isWithin(EventHeader header, TopicId topic) {
    return header.topic().equals(TopicId.NONE)
        ? header.kind() == EventKind.GENESIS && TopicId.of(header.id()).equals(topic)
        : header.topic().equals(topic);
  }

  /** Returns the two signatures that have to be verified. */
  public List<SignedClaim> claims() {
    return List.of(
        new SignedClaim(first.signer(), first.id().bytes(), firstSignature),
        new SignedClaim(second.signer(), second.id().bytes(), secondSignature));
  }

  private static void write(CanonicalWriter writer, ForkProof proof) {
    writer.u8(VERSION);
    EventHeader.CODEC.write(writer, proof.first);
    Signature.CODEC.write(writer, proof.firstSignature);
    EventHeader.CODEC.write(writer, proof.second);
    Signature.CODEC.write(writer, proof.secondSignature);
  }

  private static ForkProof read(CanonicalReader reader) {
    reader.version(VERSION);
    EventHeader first = EventHeader.CODEC.read(reader);
    Signature firstSignature = Signature.CODEC.read(reader.at("signature"));
    EventHeader second = EventHeader.CODEC.read(reader);
    if (!sameStep(first, second)) {
      throw reader.fail("headers", "different keys or seqs", "one key and seq");
    }
    if (first.id().compareTo(second.id()) >= 0) {
      throw reader.fail("headers", "the same, or the greater id first", "the smaller id first");
    }
    Signature secondSignature = Signature.CODEC.read(reader.at("signature"));
    return new ForkProof(first, firstSignature, second, secondSignature);
  }
}

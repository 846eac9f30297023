// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.Certificate;

/**
 * The payload of a chain key's first event.
 *
 * @param certificate the principal's word for the key; none when the key is a long-term key
 * @param admissionProof what the topic's admission policy asks for; none where it is open. 1 to
 *     {@link Limits#ADMISSION_PROOF_BYTES} bytes
 */
public record Join(Optional<Certificate> certificate, Optional<Bytes> admissionProof) {
  /** The version byte of its form. */
  public static final int VERSION = 0;

  /** The canonical form. */
  public static final Codec<Join> CODEC = Codec.of(Join::write, Join::read);

  private static final Codec<Bytes> PROOF = Codec.of(Join::writeProof, Join::readProof);

  /** Checks the proof's size. */
  public Join {
    int size = admissionProof.map(Bytes::size).orElse(1);
    if (size < 1 || size > Limits.ADMISSION_PROOF_BYTES) {
      throw new IllegalArgumentException("admission proof of " + size + " bytes");
    }
  }

  private static void write(CanonicalWriter writer, Join join) {
    writer.u8(VERSION);
    writer.optional(join.certificate, Certificate.CODEC);
    writer.optional(join.admissionProof, PROOF);
  }

  private static Join read(CanonicalReader reader) {
    reader.version(VERSION);
    return new Join(
        reader.at("certificate").optional(Certificate.CODEC),
        reader.at("admission proof").optional(PROOF));
  }

  private static void writeProof(CanonicalWriter writer, Bytes proof) {
    writer.bytes(proof, Limits.ADMISSION_PROOF_BYTES);
  }

  private static Bytes readProof(CanonicalReader reader) {
    Bytes proof = reader.bytes(Limits.ADMISSION_PROOF_BYTES);
    if (proof.isEmpty()) {
      throw reader.fail("admission proof", "no bytes", "at least one");
    }
    return proof;
  }
}

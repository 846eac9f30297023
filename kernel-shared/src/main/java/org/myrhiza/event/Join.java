// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.Optional;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.Certificate;

/**
 * The payload of a chain key's first event.
 *
 * @param certificate the principal's word for the key; none when the key is a long-term key
 * @param admissionProof the invitation that lets the principal in; none where the topic is open or
 *     lets it in otherwise
 */
public record Join(Optional<Certificate> certificate, Optional<AdmissionProof> admissionProof) {
  /** The version byte of its form. */
  public static final int VERSION = 0;

  /** The canonical form. */
  public static final Codec<Join> CODEC = Codec.of(Join::write, Join::read);

  private static void write(CanonicalWriter writer, Join join) {
    writer.u8(VERSION);
    writer.optional(join.certificate, Certificate.CODEC);
    writer.optional(join.admissionProof, AdmissionProof.CODEC);
  }

  private static Join read(CanonicalReader reader) {
    reader.version(VERSION);
    return new Join(
        reader.at("certificate").optional(Certificate.CODEC),
        reader.at("admission proof").optional(AdmissionProof.CODEC));
  }
}

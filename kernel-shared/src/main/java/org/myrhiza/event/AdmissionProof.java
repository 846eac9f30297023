// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.hash.HashContext;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignedClaim;

/**
 * What a join shows to use an invitation: the invitation's signature over the one principal that it
 * lets in. Who sees it can let nobody else in with it.
 *
 * @param invitation the invitation's public key
 * @param signature its signature over {@link #message}
 */
public record AdmissionProof(PublicKey invitation, Signature signature) {
  /** The key, then the signature: 96 bytes. */
  public static final Codec<AdmissionProof> CODEC =
      Codec.of(AdmissionProof::write, AdmissionProof::read);

  private static final HashContext MESSAGE = HashContext.of("admission");

  /** Returns the 32 bytes that an invitation signs: {@code H("admission", topic, principal)}. */
  public static Bytes message(TopicId topic, PublicKey principal) {
    return MESSAGE.hash(writer -> writer.fixed(topic.bytes()).fixed(principal.bytes()));
  }

  /** Returns what is to be verified when a principal joins a topic with this proof. */
  public SignedClaim claim(TopicId topic, PublicKey principal) {
    return new SignedClaim(invitation, message(topic, principal), signature);
  }

  private static void write(CanonicalWriter writer, AdmissionProof proof) {
    PublicKey.CODEC.write(writer, proof.invitation);
    Signature.CODEC.write(writer, proof.signature);
  }

  private static AdmissionProof read(CanonicalReader reader) {
    PublicKey invitation = PublicKey.CODEC.read(reader.at("invitation"));
    return new AdmissionProof(invitation, Signature.CODEC.read(reader.at("admission signature")));
  }
}

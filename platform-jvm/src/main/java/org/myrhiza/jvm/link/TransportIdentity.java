// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;
import org.myrhiza.jvm.keys.SigningKey;

/** The key by which this installation proves itself to relays and peers. Never an author's key. */
public final class TransportIdentity {
  private final Secret seed;
  private final SigningKey signer;

  private TransportIdentity(Secret seed, SigningKey signer) {
    this.seed = seed;
    this.signer = signer;
  }

  /** Takes an Ed25519 seed (RFC 8032) of 32 bytes. */
  public static TransportIdentity fromSeed(Secret seed) {
    return new TransportIdentity(seed, SigningKey.of(seed));
  }

  /** Returns the public part. */
  public PublicKey key() {
    return signer.key();
  }

  /** Signs a message. */
  public Signature sign(Bytes message) {
    return signer.sign(message);
  }

  /** Returns the private key as TLS wants it. */
  PrivateKey privateKey() {
    try {
      byte[] copy = seed.copy();
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, copy));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the JDK has no Ed25519: " + broken.getMessage(), broken);
    }
  }
}

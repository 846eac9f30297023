// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;

/**
 * An Ed25519 key that signs (RFC 8032), with its public part computed once: signing with the seed
 * alone computes it again for each signature, which is half of the work. The two always come from
 * one place, since a signature with the public part of another key gives the private one away.
 */
public final class SigningKey {
  private final Secret seed;
  private final PublicKey key;

  private SigningKey(Secret seed, PublicKey key) {
    this.seed = seed;
    this.key = key;
  }

  /**
   * Takes a seed of 32 bytes.
   *
   * @throws IllegalArgumentException if the seed has not 32 bytes
   */
  public static SigningKey of(Secret seed) {
    return new SigningKey(seed, Ed25519Jvm.publicFromSeed(seed));
  }

  /** Returns the public part. */
  public PublicKey key() {
    return key;
  }

  /** Signs a message (RFC 8032, section 5.1.6): one message, one signature. */
  public Signature sign(Bytes message) {
    byte[] text = message.toArray();
    byte[] open = key.bytes().toArray();
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    seed.use(bytes -> {
      Ed25519.sign(bytes, 0, open, 0, text, 0, text.length, signature, 0);
      return signature;
    });
    return new Signature(Bytes.adopt(signature));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.SeedSigner;
import org.myrhiza.identity.Signature;

/** Signs with seeds that the kernel hands over, and wipes its copy of each after use. */
public final class SeedSignerJvm implements SeedSigner {
  @Override
  public PublicKey publicKey(Bytes seed) {
    Secret secret = Secret.adopt(seed.toArray());
    PublicKey key = Ed25519Jvm.publicFromSeed(secret);
    secret.wipe();
    return key;
  }

  @Override
  public Signature sign(Bytes seed, Bytes message) {
    Secret secret = Secret.adopt(seed.toArray());
    Signature signature = Ed25519Jvm.sign(secret, message);
    secret.wipe();
    return signature;
  }
}

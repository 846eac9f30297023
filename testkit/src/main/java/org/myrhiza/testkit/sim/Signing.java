// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;

/** Signatures for simulated peers; the real ones of a platform, or {@link ToyCrypto}'s. */
public interface Signing {
  /** The public key of a seed of 32 bytes. */
  PublicKey publicKey(Bytes seed);

  /** A signature with that key. */
  Signature sign(Bytes seed, Bytes message);

  /** Verifies them. */
  SignatureVerifier verifier();
}

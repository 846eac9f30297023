// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.jvm.keys.Ed25519Jvm;
import org.myrhiza.testkit.sim.KeptVerifier;
import org.myrhiza.testkit.sim.Signing;

/** The native platform's signatures. */
public final class NativeSigning implements Signing {
  private final SignatureVerifier verifier;

  private NativeSigning(SignatureVerifier verifier) {
    this.verifier = verifier;
  }

  /** Verifies each signature as often as it is asked to. */
  public static NativeSigning plain() {
    return new NativeSigning(SignatureVerifier.screened(new Ed25519Jvm()));
  }

  /** Verifies each signature once, and remembers the answer. */
  static NativeSigning kept() {
    return new NativeSigning(new KeptVerifier(SignatureVerifier.screened(new Ed25519Jvm())));
  }

  @Override
  public PublicKey publicKey(Bytes seed) {
    return Ed25519Jvm.publicFromSeed(Secret.adopt(seed.toArray()));
  }

  @Override
  public Signature sign(Bytes seed, Bytes message) {
    return Ed25519Jvm.sign(Secret.adopt(seed.toArray()), message);
  }

  @Override
  public SignatureVerifier verifier() {
    return verifier;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import org.myrhiza.bytes.Bytes;

/** Decides whether a signature is good by our one rule: the screen, then the equation. */
@FunctionalInterface
public interface SignatureVerifier {
  /** Returns whether the signature is good; pure, and the same on every stack. */
  boolean verify(PublicKey key, Bytes message, Signature signature);

  /** Returns whether a claim is true. */
  default boolean verify(SignedClaim claim) {
    return verify(claim.key(), claim.message(), claim.signature());
  }

  /** Returns the one rule over a platform's equation. */
  static SignatureVerifier screened(RawVerifier raw) {
    return (key, message, signature) ->
        SignatureScreen.screen(key, signature) == SignatureScreen.Verdict.PASS
            && raw.verify(key, message, signature);
  }
}

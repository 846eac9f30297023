// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.HashMap;
import java.util.Map;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;

/**
 * Asks a verifier once for each key, message and signature, since all peers of a simulation verify
 * the same ones.
 */
public final class KeptVerifier implements SignatureVerifier {
  /** Answers that are kept; some hundred bytes each. */
  private static final int MOST = 100_000;

  private final SignatureVerifier verifier;
  // Looked up, never iterated: the order of a hash map differs between stacks.
  private final Map<Claim, Boolean> answers = new HashMap<>();

  private record Claim(PublicKey key, Bytes message, Signature signature) {}

  /** Keeps the answers of a verifier. */
  public KeptVerifier(SignatureVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public boolean verify(PublicKey key, Bytes message, Signature signature) {
    if (answers.size() >= MOST) {
      answers.clear();
    }
    Claim claim = new Claim(key, message, signature);
    return answers.computeIfAbsent(claim, _ -> verifier.verify(key, message, signature));
  }
}

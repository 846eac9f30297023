// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import org.myrhiza.identity.SeedSigner;
import org.myrhiza.identity.SignatureVerifier;

/** Signatures for simulated peers; the real ones of a platform, or {@link ToyCrypto}'s. */
public interface Signing extends SeedSigner {
  /** Verifies them. */
  SignatureVerifier verifier();
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import org.myrhiza.bytes.Bytes;

/**
 * Ed25519 (RFC 8032) with a private key that is at hand as its seed: the one-time key of an
 * invitation. The installation's own keys never come here, they stay in its keystore. Pure and
 * bounded: the same seed and message give the same bytes on every stack.
 */
public interface SeedSigner {
  /**
   * Returns the public key of a seed.
   *
   * @param seed {@link Limits#SEED_BYTES} bytes
   */
  PublicKey publicKey(Bytes seed);

  /**
   * Signs a message.
   *
   * @param seed {@link Limits#SEED_BYTES} bytes
   * @param message what is signed, of any length
   */
  Signature sign(Bytes seed, Bytes message);
}

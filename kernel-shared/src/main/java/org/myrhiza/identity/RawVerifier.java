// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import org.myrhiza.bytes.Bytes;

/**
 * A platform's Ed25519: decides the cofactorless equation S·B = R + k·A of RFC 8032. What it does
 * on the cases of {@link SignatureScreen} does not matter, since it is never asked about them.
 *
 * <p>It answers false for a key or an R that is no point of the curve, and throws nothing.
 */
@FunctionalInterface
public interface RawVerifier {
  /** Returns whether the equation holds. */
  boolean verify(PublicKey key, Bytes message, Signature signature);
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import org.myrhiza.bytes.Bytes;

/**
 * Something that has to be verified: that a key signed a message.
 *
 * @param key the key
 * @param message what is said to be signed, mostly a 32-byte hash
 * @param signature the signature
 */
public record SignedClaim(PublicKey key, Bytes message, Signature signature) {}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;

/**
 * An Ed25519 signature, verified or not.
 *
 * @param bytes 64 bytes: the point R, then the number S, little-endian (RFC 8032, section 5.1.6)
 */
public record Signature(Bytes bytes) {
  /** Its 64 bytes, as they are. */
  public static final Codec<Signature> CODEC =
      Codec.fixed(Limits.SIGNATURE_BYTES).as(Signature::new, Signature::bytes);

  /** Checks the size. */
  public Signature {
    if (bytes.size() != Limits.SIGNATURE_BYTES) {
      throw new IllegalArgumentException("signature of " + bytes.size() + " bytes");
    }
  }
}

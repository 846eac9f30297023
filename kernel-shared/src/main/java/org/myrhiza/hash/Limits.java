// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.hash;

/** Sizes of BLAKE3 that callers meet. */
public final class Limits {
  /** Bytes of a hash, unless more are asked for. BLAKE3's security level does not grow past it. */
  public static final int HASH_BYTES = 32;

  /** Bytes of a key of the keyed mode. */
  public static final int KEY_BYTES = 32;

  private Limits() {}
}

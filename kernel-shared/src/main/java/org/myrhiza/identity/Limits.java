// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

/** Sizes of Ed25519 (RFC 8032) and of what we sign with it. */
public final class Limits {
  /** Bytes of a public key. */
  public static final int PUBLIC_KEY_BYTES = 32;

  /** Bytes of a signature: R, then S. */
  public static final int SIGNATURE_BYTES = 64;

  /** Bytes of a seed, from which the private key follows. */
  public static final int SEED_BYTES = 32;

  /** Bytes of UTF-8 in an instance's name: a word or two that a person gave it. */
  public static final int INSTANCE_NAME_BYTES = 64;

  private Limits() {}
}

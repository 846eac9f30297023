// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/** Bounds of the canonical encoding. Part of the format: a change is a new format version. */
public final class Limits {
  /**
   * Nested structures in one encoding. Our deepest structure nests 6 levels; 32 leaves room and
   * keeps a recursive decoder far from the smallest native stack (a browser worker's).
   */
  public static final int DEPTH = 32;

  /** Bytes of a 64-bit number in LEB128: 64 bits in groups of seven. */
  public static final int LEB_BYTES = 10;

  /**
   * Bytes of data in one bech32m text; an invitation with its addresses is the longest we write.
   */
  public static final int BECH32M_DATA_BYTES = 2_048;

  /** Characters of a bech32m prefix: BIP-173 allows 83, ours have at most 8. */
  public static final int BECH32M_PREFIX_CHARS = 83;

  /** Bytes of every key, hash and id. */
  public static final int ID_BYTES = 32;

  private Limits() {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

/** Bounds of the Canonical ABI here. */
public final class Limits {
  /** Bytes of a list that the host lowers: as much as the Component Model allows (2^28 - 1). */
  public static final int LIST_BYTES = (1 << 28) - 1;

  /** Bytes of a string in any encoding: as much as the Component Model allows (2^28 - 1). */
  public static final int STRING_BYTES = (1 << 28) - 1;

  /** Handles of one instance at once; the Component Model allows 2^28 - 1, memory does not. */
  public static final int HANDLES = 1 << 16;

  private Limits() {}
}

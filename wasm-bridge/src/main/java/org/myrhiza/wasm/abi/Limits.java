// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

/** Bounds of the Canonical ABI here. */
public final class Limits {
  /** Bytes of a list that the host lowers: as much as the Component Model allows (2^28 - 1). */
  public static final int LIST_BYTES = (1 << 28) - 1;

  private Limits() {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/**
 * Canonical options as indices, {@link #NONE} where not given.
 *
 * @param encoding the strings' encoding
 * @param memory a core memory
 * @param realloc a core function
 * @param postReturn a core function
 */
public record CanonicalOptions(StringEncoding encoding, int memory, int realloc, int postReturn) {
  /** The index of an option that was not given. */
  public static final int NONE = -1;
}

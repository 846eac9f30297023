// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/**
 * Options of {@code canon lift} and {@code canon lower}. Strings are UTF-8; other encodings are
 * refused while decoding.
 *
 * @param memory index of the core memory, or {@link #NONE}
 * @param realloc index of the core function, or {@link #NONE}
 * @param postReturn index of the core function, or {@link #NONE}; lift only
 */
public record CanonicalOptions(int memory, int realloc, int postReturn) {
  /** In place of an index: the option is not given. */
  public static final int NONE = -1;
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;

/**
 * A decoded component: its definitions in the order of the binary, which is the order in which they
 * fill the index spaces.
 *
 * @param offset where it begins
 * @param definitions the definitions
 */
public record Component(int offset, List<Definition> definitions) {
  /** Copies the list. */
  public Component {
    definitions = List.copyOf(definitions);
  }
}

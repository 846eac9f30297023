// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.core.ExternType;

/**
 * A core function, table, memory or global of a component tree: its type and where it comes from.
 *
 * @param type its core type
 * @param source who makes it
 */
record CoreItem(ExternType type, Source source) {
  /** Who makes it. */
  sealed interface Source {
    /** An export of the core instance with this number. */
    record Exported(int instance, String name) implements Source {}

    /** The function of the bridge with this number: a lowered one or a built-in. */
    record Bridged(int function) implements Source {}
  }
}

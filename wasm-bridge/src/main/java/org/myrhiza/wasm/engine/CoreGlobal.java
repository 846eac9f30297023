// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** A mutable global. */
public non-sealed interface CoreGlobal extends CoreExtern {
  /** The value, as {@link ValueKind} says. */
  long get();

  /** Sets the value. */
  void set(long value);
}

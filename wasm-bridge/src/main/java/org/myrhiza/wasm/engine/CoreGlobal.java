// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** A mutable global. */
public non-sealed interface CoreGlobal extends CoreExtern {
  /** The value, as {@link ValueKind} says. */
  long get();

  /** Sets the value. */
  void set(long value);

  /** The low 32 bits, where a long takes its time. */
  default int low() {
    return (int) get();
  }

  /** The high 32 bits of a 64-bit value. */
  default int high() {
    return (int) (get() >> 32);
  }

  /** Sets a value that is not negative. */
  default void setSmall(int value) {
    set(value);
  }
}

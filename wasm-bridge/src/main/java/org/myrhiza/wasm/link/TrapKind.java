// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

/** Why a guest was stopped for what it did. As fine as every engine can tell alike. */
public enum TrapKind {
  /** An instruction trapped. */
  INSTRUCTION,
  /** The stack account ran out: too many or too large frames. */
  STACK,
  /** A value broke the Canonical ABI: bounds, alignment, discriminant, character, text, handle. */
  ABI,
  /** An import was called while none may be: at instantiation, in realloc, in post-return. */
  FORBIDDEN_IMPORT,
  /** A component instance was entered from inside or around itself, or after it had trapped. */
  REENTRANCE
}

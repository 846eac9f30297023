// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/** When a segment is used. */
public sealed interface Placement {
  /**
   * Written at instantiation.
   *
   * @param target the memory or table
   * @param at the address or index
   */
  record Active(int target, ConstantExpression at) implements Placement {}

  /** Kept for an instruction. */
  record Passive() implements Placement {}

  /** Only declares that functions may be referred to; element segments only. */
  record Declarative() implements Placement {}
}

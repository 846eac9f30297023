// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import org.myrhiza.wasm.engine.CoreGlobal;

/**
 * The fuel of a component tree as its host sees it. Guests keep it in a global; while the host has
 * it in hand, that global is stale. So the host must {@link #release} it before any guest runs.
 *
 * <p>What is in hand is counted in an {@code int}, and a rest beyond that is kept apart: a browser
 * reads, writes and counts longs slowly.
 */
public final class Fuel {
  private final CoreGlobal global;
  private boolean held;
  private int inHand;
  private long rest;

  /** The fuel in a global that guests use. */
  public Fuel(CoreGlobal global) {
    this.global = global;
  }

  /** Sets what is left; it is in hand then. */
  public void set(long units) {
    inHand = (int) Math.max(0, Math.min(units, Integer.MAX_VALUE));
    rest = units - inHand;
    held = true;
  }

  /** What is left; below zero when it ran out. */
  public long left() {
    return held ? rest + inHand : global.get();
  }

  /**
   * Takes.
   *
   * @param units not negative
   * @return whether there was as much; if not, what is left is below zero
   */
  public boolean charge(long units) {
    if (!held) {
      set(global.get());
    }
    if (units <= inHand) {
      inHand -= (int) units;
      return true;
    }
    long left = rest + inHand - units;
    set(left);
    return left >= 0;
  }

  /** Puts what is in hand where guests find it. */
  public void release() {
    if (held) {
      global.set(rest + inHand);
      held = false;
    }
  }
}

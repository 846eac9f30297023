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
  private boolean hasRest;
  private long rest;

  /** The fuel in a global that guests use. */
  public Fuel(CoreGlobal global) {
    this.global = global;
  }

  /** Sets what is left; it is in hand then. */
  public void set(long units) {
    inHand = (int) Math.max(0, Math.min(units, Integer.MAX_VALUE));
    rest = units - inHand;
    hasRest = rest != 0;
    held = true;
  }

  /** Sets what is left where that is known to fit, in no long; it is in hand then. */
  public void setSmall(int units) {
    inHand = units;
    hasRest = false;
    held = true;
  }

  /** What is left where it fits and is not below zero, else -1. */
  public int smallLeft() {
    take();
    return hasRest ? -1 : inHand;
  }

  /** What is left; below zero when it ran out. */
  public long left() {
    take();
    return hasRest ? rest + inHand : inHand;
  }

  /**
   * Takes.
   *
   * @param units not negative
   * @return whether there was as much; if not, what is left is below zero
   */
  public boolean charge(int units) {
    take();
    if (units <= inHand) {
      inHand -= units;
      return true;
    }
    return charge((long) units);
  }

  /** The same for any number of units. */
  public boolean charge(long units) {
    set(left() - units);
    return !hasRest || rest >= 0;
  }

  private void take() {
    if (held) {
      return;
    }
    int low = global.low();
    if (low >= 0 && global.high() == 0) {
      inHand = low;
      hasRest = false;
      held = true;
    } else {
      set(global.get());
    }
  }

  /** Puts what is in hand where guests find it. */
  public void release() {
    if (!held) {
      return;
    }
    held = false;
    if (hasRest) {
      global.set(rest + inHand);
    } else {
      global.setSmall(inHand);
    }
  }
}

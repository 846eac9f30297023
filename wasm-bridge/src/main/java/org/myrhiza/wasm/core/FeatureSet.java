// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/** Which modules are taken. Each set is a part of the one before it. */
public enum FeatureSet {
  /** All that the bridge can run, within the limits of an implementation. */
  BRIDGE,
  /**
   * What runs under accounts and image restore but outside of consensus: {@link #DETERMINISTIC} and
   * floats.
   */
  INTERACTIVE,
  /** What gives the same result on every engine. */
  DETERMINISTIC;

  /** Whether floats are allowed. */
  public boolean allowsFloats() {
    return this != DETERMINISTIC;
  }

  /**
   * Whether state that an image does not hold is allowed to change: tables, dropped segments,
   * references in locals and globals.
   */
  public boolean allowsUnimagedState() {
    return this == BRIDGE;
  }
}

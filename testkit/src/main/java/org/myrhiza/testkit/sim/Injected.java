// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

/** How often each kind of fault was injected. */
public final class Injected {
  private final int[] counts = new int[FaultKind.values().length];

  /** Nothing yet. */
  Injected() {}

  /** Notes that a fault happened once more. */
  public void add(FaultKind kind) {
    counts[kind.ordinal()]++;
  }

  /** How often it happened. */
  public int count(FaultKind kind) {
    return counts[kind.ordinal()];
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.EnumMap;

/** How often each kind of fault was injected. */
public final class Injected {
  private final EnumMap<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);

  /** Nothing yet. */
  Injected() {}

  /** Notes that a fault happened once more. */
  public void add(FaultKind kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /** How often it happened. */
  public int count(FaultKind kind) {
    return counts.getOrDefault(kind, 0);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.abi.Handles;

/** One component instance at run time. */
final class ComponentState {
  private final int number;
  private final int[] parents;
  private final Handles handles;
  private boolean mayLeave = true;

  /** {@code parents}: for each component instance the number of the one around it. */
  ComponentState(int number, int[] parents, int[] owners) {
    this.number = number;
    this.parents = parents;
    this.handles = new Handles(number, owners);
  }

  int number() {
    return number;
  }

  Handles handles() {
    return handles;
  }

  /** Whether its code may call out: not while it allocates or cleans up for the bridge. */
  boolean mayLeave() {
    return mayLeave;
  }

  void setMayLeave(boolean allowed) {
    mayLeave = allowed;
  }

  /** Makes it as new. */
  void reset() {
    handles.clear();
    mayLeave = true;
  }

  /** Whether one of the two is the other one or lies around it: such calls might come back in. */
  boolean isRelatedTo(ComponentState other) {
    return isAround(other) || other.isAround(this);
  }

  private boolean isAround(ComponentState other) {
    for (int at = other.number; at != Blueprint.NO_PARENT; at = parents[at]) {
      if (at == number) {
        return true;
      }
    }
    return false;
  }
}

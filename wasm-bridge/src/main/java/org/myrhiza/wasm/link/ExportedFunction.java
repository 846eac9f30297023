// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.component.FunctionType;

/** A function that a linked component exports. */
public final class ExportedFunction {
  private final String name;
  private final Entity.Lifted lifted;

  ExportedFunction(String name, Entity.Lifted lifted) {
    this.name = name;
    this.lifted = lifted;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its type. */
  public FunctionType type() {
    return lifted.type();
  }

  Entity.Lifted lifted() {
    return lifted;
  }
}

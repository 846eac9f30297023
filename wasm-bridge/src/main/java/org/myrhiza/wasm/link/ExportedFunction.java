// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.component.FunctionType;

/** A function that a linked component exports. */
public final class ExportedFunction {
  private final String name;
  private final Entity.Function function;

  ExportedFunction(String name, Entity.Function function) {
    this.name = name;
    this.function = function;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its type. */
  public FunctionType type() {
    return function.type();
  }

  Entity.Function function() {
    return function;
  }
}

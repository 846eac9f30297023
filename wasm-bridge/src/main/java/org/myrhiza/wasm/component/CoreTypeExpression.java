// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FunctionType;

/** A core type as the binary has it. */
public sealed interface CoreTypeExpression {
  /** A function type. */
  record OfFunction(FunctionType type) implements CoreTypeExpression {}

  /** A module type: declarations in a scope of their own. */
  record OfModule(List<Declaration> declarations) implements CoreTypeExpression {}

  /** One declaration of a module type. */
  sealed interface Declaration {
    /** Where it begins. */
    int offset();
  }

  /** A type of the module type's own. */
  record OwnType(int offset, CoreTypeExpression expression) implements Declaration {}

  /** A type of a scope further out; 0 is the module type's own scope. */
  record OuterType(int offset, int count, int index) implements Declaration {}

  /** An import. */
  record Import(int offset, ModuleType.Wanted name, Described type) implements Declaration {}

  /** An export. */
  record Export(int offset, String name, Described type) implements Declaration {}

  /** The type of an import or export. */
  sealed interface Described {
    /** A function of the type at the index of the module type's own scope. */
    record Func(int type) implements Described {}

    /** A tag of the type at the index of the module type's own scope. */
    record Tag(int type) implements Described {}

    /** Anything else, known in full. */
    record Other(ExternType type) implements Described {}
  }
}

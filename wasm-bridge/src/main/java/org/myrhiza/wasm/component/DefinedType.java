// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.SortedMap;

/** What an entry of a type index space stands for. */
public sealed interface DefinedType
    permits FunctionType, DefinedType.Value, DefinedType.InstanceType, DefinedType.ComponentType {
  /**
   * A value type.
   *
   * @param type the type
   * @param depth levels of nesting, 1 for a primitive
   * @param nodes nodes of the type written out as a tree
   */
  record Value(ValueType type, int depth, int nodes) implements DefinedType {}

  /** The exports that an instance has. */
  record InstanceType(SortedMap<String, ExternType> exports) implements DefinedType {}

  /** What a component wants and what its instance then exports. */
  record ComponentType(SortedMap<String, ExternType> imports, SortedMap<String, ExternType> exports)
      implements DefinedType {}

  /** The type of something imported or exported. */
  sealed interface ExternType {
    /** A function. */
    record Function(FunctionType type) implements ExternType {}

    /** A type, known in full. */
    record Type(DefinedType type) implements ExternType {}

    /** An instance. */
    record Instance(InstanceType type) implements ExternType {}

    /** A component. */
    record OfComponent(ComponentType type) implements ExternType {}
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an entry of a type index space stands for. */
public sealed interface DefinedType
    permits FunctionType,
        DefinedType.Value,
        DefinedType.Resource,
        DefinedType.InstanceType,
        DefinedType.ComponentType {
  /**
   * A value type.
   *
   * @param type the type
   * @param measure how deep and large it is
   */
  record Value(ValueType type, Measure measure) implements DefinedType {}

  /**
   * A resource type under one of its names.
   *
   * @param type the resource type
   * @param mark which definition, import or export named it
   */
  record Resource(ResourceType type, int mark) implements DefinedType {}

  /**
   * The exports that an instance has.
   *
   * @param exports by name, in the order of declaration
   * @param fresh the resource types that each instance of this type has of its own; empty once an
   *     import or export has opened it
   */
  record InstanceType(Map<String, ExternType> exports, List<ResourceType> fresh)
      implements DefinedType {
    /** Copies both. */
    public InstanceType {
      exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
      fresh = List.copyOf(fresh);
    }
  }

  /**
   * What a component wants and what its instance then exports.
   *
   * @param imports by name, in the order of declaration
   * @param exports by name, in the order of declaration
   * @param imported the resource types that the imports bring
   * @param fresh the resource types that each instance has of its own
   */
  record ComponentType(
      Map<String, ExternType> imports,
      Map<String, ExternType> exports,
      List<ResourceType> imported,
      List<ResourceType> fresh)
      implements DefinedType {
    /** Copies all. */
    public ComponentType {
      imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
      exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
      imported = List.copyOf(imported);
      fresh = List.copyOf(fresh);
    }
  }

  /** The type of something imported or exported. */
  sealed interface ExternType {
    /** A function. */
    record Function(FunctionType type) implements ExternType {}

    /** A type, known in full, or a resource type that its owner lists as imported or fresh. */
    record Type(DefinedType type) implements ExternType {}

    /** An instance. */
    record Instance(InstanceType type) implements ExternType {}

    /** A component. */
    record OfComponent(ComponentType type) implements ExternType {}

    /** A core module. */
    record OfModule(ModuleType type) implements ExternType {}
  }
}

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
   * @param depth levels of instance and component types, 1 without any inside
   */
  record InstanceType(Map<String, ExternType> exports, List<ResourceType> fresh, int depth)
      implements DefinedType {
    /** Copies both. */
    public InstanceType {
      exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
      fresh = List.copyOf(fresh);
    }

    /** Measures the depth. */
    InstanceType(Map<String, ExternType> exports, List<ResourceType> fresh) {
      this(exports, fresh, 1 + ExternType.deepest(exports));
    }
  }

  /**
   * What a component wants and what its instance then exports.
   *
   * @param imports by name, in the order of declaration
   * @param exports by name, in the order of declaration
   * @param imported the resource types that the imports bring
   * @param fresh the resource types that each instance has of its own
   * @param depth levels of instance and component types, 1 without any inside
   */
  record ComponentType(
      Map<String, ExternType> imports,
      Map<String, ExternType> exports,
      List<ResourceType> imported,
      List<ResourceType> fresh,
      int depth)
      implements DefinedType {
    /** Copies all. */
    public ComponentType {
      imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
      exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
      imported = List.copyOf(imported);
      fresh = List.copyOf(fresh);
    }

    /** Measures the depth. */
    ComponentType(
        Map<String, ExternType> imports,
        Map<String, ExternType> exports,
        List<ResourceType> imported,
        List<ResourceType> fresh) {
      this(
          imports,
          exports,
          imported,
          fresh,
          1 + Math.max(ExternType.deepest(imports), ExternType.deepest(exports)));
    }
  }

  /** The type of something imported or exported. */
  sealed interface ExternType {
    /** Levels of instance and component types. */
    default int depth() {
      return switch (this) {
        case Function f -> 0;
        case OfModule m -> 0;
        case Instance i -> i.type().depth();
        case OfComponent c -> c.type().depth();
        case Type t ->
            switch (t.type()) {
              case InstanceType i -> i.depth();
              case ComponentType c -> c.depth();
              case FunctionType f -> 0;
              case Value v -> 0;
              case Resource r -> 0;
            };
      };
    }

    /** The depth of the deepest one. */
    static int deepest(Map<String, ExternType> types) {
      int depth = 0;
      for (ExternType each : types.values()) {
        depth = Math.max(depth, each.depth());
      }
      return depth;
    }

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

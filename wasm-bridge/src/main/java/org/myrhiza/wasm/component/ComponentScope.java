// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/** The index spaces of one component while it is validated. */
final class ComponentScope {
  private final @Nullable ComponentScope outer;
  final TypeScope types;
  final Surface surface;
  final List<org.myrhiza.wasm.core.ExternType> coreFunctions = new ArrayList<>();
  final List<org.myrhiza.wasm.core.ExternType> coreTables = new ArrayList<>();
  final List<org.myrhiza.wasm.core.ExternType> coreMemories = new ArrayList<>();
  final List<org.myrhiza.wasm.core.ExternType> coreGlobals = new ArrayList<>();
  final List<org.myrhiza.wasm.core.ExternType> coreTags = new ArrayList<>();
  final List<ModuleType> coreModules = new ArrayList<>();
  final List<Map<String, org.myrhiza.wasm.core.ExternType>> coreInstances = new ArrayList<>();
  final List<FunctionType> functions = new ArrayList<>();
  final List<DefinedType.ComponentType> components = new ArrayList<>();

  /** Resource types that this component defines. */
  final TreeSet<Integer> local = new TreeSet<>();

  ComponentScope(@Nullable ComponentScope outer, TypeScope types, Work work) {
    this.outer = outer;
    this.types = types;
    this.surface = new Surface(work, Surface.Kind.COMPONENT);
  }

  /** The scope {@code count} components out. */
  ComponentScope out(int count, int offset) throws WasmException {
    ComponentScope scope = this;
    for (int i = 0; i < count; i++) {
      scope = scope.outer;
      if (scope == null) {
        throw WasmException.invalid(offset, "outer alias", count + " components out", "fewer");
      }
    }
    return scope;
  }

  /** The index space of a core item's sort. */
  List<org.myrhiza.wasm.core.ExternType> core(Sort sort, int offset) throws WasmException {
    return switch (sort) {
      case CORE_FUNC -> coreFunctions;
      case CORE_TABLE -> coreTables;
      case CORE_MEMORY -> coreMemories;
      case CORE_GLOBAL -> coreGlobals;
      case CORE_TAG -> coreTags;
      default ->
          throw WasmException.invalid(
              offset, "sort", sort.text(), "a core function, table, memory, global or tag");
    };
  }

  /** What stands at an index of a sort that components import and export. */
  ExternType entity(Sort sort, int index, int offset) throws WasmException {
    return switch (sort) {
      case FUNC -> new ExternType.Function(TypeScope.at(functions, "function", index, offset));
      case TYPE -> new ExternType.Type(types.type(index, offset));
      case INSTANCE -> new ExternType.Instance(types.instance(index, offset));
      case COMPONENT ->
          new ExternType.OfComponent(TypeScope.at(components, "component", index, offset));
      case CORE_MODULE ->
          new ExternType.OfModule(TypeScope.at(coreModules, "core module", index, offset));
      default ->
          throw WasmException.invalid(
              offset, "sort", sort.text(), "a function, type, instance, component or module");
    };
  }

  /** Appends to the index space of the type's sort. */
  void add(ExternType type, int offset) throws WasmException {
    switch (type) {
      case ExternType.Function f -> functions.add(f.type());
      case ExternType.Type t -> types.add(t.type());
      case ExternType.Instance i -> types.add(i.type(), offset);
      case ExternType.OfComponent c -> components.add(c.type());
      case ExternType.OfModule m -> coreModules.add(m.type());
    }
  }
}

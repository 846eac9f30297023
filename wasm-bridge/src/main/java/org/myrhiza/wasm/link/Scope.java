// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.Sort;
import org.myrhiza.wasm.component.TypeScope;

/** The index spaces of one component while its definitions are evaluated. */
final class Scope {
  final @Nullable Scope outer;
  final TypeScope types;
  final List<CoreItem> coreFunctions = new ArrayList<>();
  final List<CoreItem> coreTables = new ArrayList<>();
  final List<CoreItem> coreMemories = new ArrayList<>();
  final List<CoreItem> coreGlobals = new ArrayList<>();
  final List<Integer> coreModules = new ArrayList<>();
  final List<SortedMap<String, CoreItem>> coreInstances = new ArrayList<>();
  final List<Entity.Function> functions = new ArrayList<>();
  final List<Entity.Closure> components = new ArrayList<>();
  final List<Entity.Instance> instances = new ArrayList<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
    this.types = new TypeScope(outer == null ? null : outer.types);
  }

  static <T> T at(List<T> space, String what, int index, int offset) throws WasmException {
    if (index < 0 || index >= space.size()) {
      throw WasmException.invalid(offset, what + " index", "" + index, "below " + space.size());
    }
    return space.get(index);
  }

  /** The index space of a core item's sort. */
  List<CoreItem> core(Sort sort, int offset) throws WasmException {
    return switch (sort) {
      case CORE_FUNC -> coreFunctions;
      case CORE_TABLE -> coreTables;
      case CORE_MEMORY -> coreMemories;
      case CORE_GLOBAL -> coreGlobals;
      default -> throw WasmException.invalid(offset, "sort", sort.toString(), "a core item");
    };
  }

  /** What stands at an index of a component-level sort. */
  Entity entity(Sort sort, int index, int offset) throws WasmException {
    return switch (sort) {
      case FUNC -> at(functions, "function", index, offset);
      case TYPE -> new Entity.Type(types.type(index, offset));
      case INSTANCE -> at(instances, "instance", index, offset);
      case COMPONENT -> at(components, "component", index, offset);
      default -> throw WasmException.unsupported("core items across components", offset);
    };
  }

  /** Appends to the index space of the entity's sort. */
  void add(Entity entity) {
    switch (entity) {
      case Entity.Function f -> functions.add(f);
      case Entity.Type t -> types.add(t.type());
      case Entity.Instance i -> instances.add(i);
      case Entity.Closure c -> components.add(c);
    }
  }

  /** The scope {@code count} components out. */
  Scope out(int count, int offset) throws WasmException {
    Scope scope = this;
    for (int i = 0; i < count; i++) {
      scope = scope.outer;
      if (scope == null) {
        throw WasmException.invalid(offset, "outer alias", count + " components out", "fewer");
      }
    }
    return scope;
  }

  static String sortOf(Entity entity) {
    return switch (entity) {
      case Entity.Function f -> "a function";
      case Entity.Type t -> t.type() instanceof DefinedType.Value ? "a value type" : "a type";
      case Entity.Instance i -> "an instance";
      case Entity.Closure c -> "a component";
    };
  }
}

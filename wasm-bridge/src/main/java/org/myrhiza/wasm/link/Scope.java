// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.Sort;
import org.myrhiza.wasm.component.TypeScope;

/**
 * The index spaces of one component instance while its definitions are evaluated. The component was
 * found valid: what does not fit here is a bug of the validator.
 */
final class Scope {
  private final @Nullable Scope outer;

  /** The number of the component instance. */
  final int instance;

  final TypeScope types;
  final List<CoreItem> coreFunctions = new ArrayList<>();
  final List<CoreItem> coreTables = new ArrayList<>();
  final List<CoreItem> coreMemories = new ArrayList<>();
  final List<CoreItem> coreGlobals = new ArrayList<>();
  final List<CoreItem> coreTags = new ArrayList<>();
  final List<Entity.Module> coreModules = new ArrayList<>();
  final List<Map<String, CoreItem>> coreInstances = new ArrayList<>();
  final List<Entity.Function> functions = new ArrayList<>();
  final List<Entity.Closure> components = new ArrayList<>();
  final List<Entity.Instance> instances = new ArrayList<>();

  Scope(@Nullable Scope outer, TypeScope types, int instance) {
    this.outer = outer;
    this.types = types;
    this.instance = instance;
  }

  /** The index space of a core item's sort. */
  List<CoreItem> core(Sort sort) {
    return switch (sort) {
      case CORE_FUNC -> coreFunctions;
      case CORE_TABLE -> coreTables;
      case CORE_MEMORY -> coreMemories;
      case CORE_GLOBAL -> coreGlobals;
      case CORE_TAG -> coreTags;
      default -> throw new IllegalStateException(sort.text() + " is no core item");
    };
  }

  /** What stands at an index of a sort that components import and export. */
  Entity entity(Sort sort, int index, int offset) throws WasmException {
    return switch (sort) {
      case FUNC -> functions.get(index);
      case TYPE -> new Entity.Type(types.type(index, offset));
      case INSTANCE -> instances.get(index);
      case COMPONENT -> components.get(index);
      case CORE_MODULE -> coreModules.get(index);
      default -> throw new IllegalStateException(sort.text() + " is no entity");
    };
  }

  /** Appends to the index space of the entity's sort. */
  void add(Entity entity) {
    switch (entity) {
      case Entity.Function f -> functions.add(f);
      case Entity.Type t -> types.add(t.type());
      case Entity.Instance i -> instances.add(i);
      case Entity.Closure c -> components.add(c);
      case Entity.Module m -> coreModules.add(m);
    }
  }

  /** The scope {@code count} components out. */
  Scope out(int count) {
    Scope scope = this;
    for (int i = 0; i < count; i++) {
      scope = scope.outer;
      if (scope == null) {
        throw new IllegalStateException("no scope " + count + " components out");
      }
    }
    return scope;
  }
}

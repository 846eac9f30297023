// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/** Resolves the declarations of an instance type or component type in a scope of their own. */
final class Declarations {
  private final TypeScope scope;
  private final Surface surface;

  Declarations(TypeScope scope) {
    this.scope = scope;
    this.surface =
        new Surface(
            scope.work(),
            scope.kind() == TypeScope.Kind.INSTANCE_TYPE
                ? Surface.Kind.INSTANCE_TYPE
                : Surface.Kind.COMPONENT);
  }

  DefinedType.InstanceType instance(List<Definition> declarations) throws WasmException {
    declare(declarations);
    return surface.instanceType();
  }

  DefinedType.ComponentType component(List<Definition> declarations) throws WasmException {
    declare(declarations);
    return surface.componentType();
  }

  private void declare(List<Definition> declarations) throws WasmException {
    for (Definition d : declarations) {
      scope.work().step(d.offset());
      switch (d) {
        case Definition.Type t -> scope.add(scope.resolve(t.expression(), t.offset()));
        case Definition.OfCoreType t -> scope.add(scope.resolve(t.expression(), t.offset()));
        case Definition.AliasOuter a -> outer(a);
        case Definition.AliasExport a -> export(a);
        case Definition.Import i -> {
          TypeScope.Declared declared = scope.declared(i.type(), i.offset());
          surface.importing(i.name(), declared, i.offset());
          enter(declared.type(), i.offset());
        }
        case Definition.ExportDeclaration e -> {
          TypeScope.Declared declared = scope.declared(e.type(), e.offset());
          surface.exporting(e.name(), declared, e.offset());
          enter(declared.type(), e.offset());
        }
        case Definition.AliasCoreExport a -> throw unfit(a.offset(), a.sort());
        case Definition.CoreModule m -> throw unfit(m.offset(), Sort.CORE_MODULE);
        case Definition.CoreInstantiate m -> throw unfit(m.offset(), Sort.CORE_INSTANCE);
        case Definition.CoreExports m -> throw unfit(m.offset(), Sort.CORE_INSTANCE);
        case Definition.Nested m -> throw unfit(m.offset(), Sort.COMPONENT);
        case Definition.Instantiate m -> throw unfit(m.offset(), Sort.INSTANCE);
        case Definition.Exports m -> throw unfit(m.offset(), Sort.INSTANCE);
        case Definition.Lift m -> throw unfit(m.offset(), Sort.FUNC);
        case Definition.Lower m -> throw unfit(m.offset(), Sort.CORE_FUNC);
        case Definition.ResourceNew m -> throw unfit(m.offset(), Sort.CORE_FUNC);
        case Definition.ResourceDrop m -> throw unfit(m.offset(), Sort.CORE_FUNC);
        case Definition.ResourceRep m -> throw unfit(m.offset(), Sort.CORE_FUNC);
        case Definition.Export m -> throw unfit(m.offset(), m.sort());
      }
    }
  }

  private static WasmException unfit(int offset, Sort sort) {
    return WasmException.invalid(
        offset, "declaration in a type", sort.text(), "types, instances, imports and exports");
  }

  private void enter(ExternType type, int offset) throws WasmException {
    if (type instanceof ExternType.Type t) {
      scope.add(t.type());
    } else if (type instanceof ExternType.Instance i) {
      scope.add(i.type(), offset);
    }
  }

  private void outer(Definition.AliasOuter a) throws WasmException {
    switch (a.sort()) {
      case TYPE -> scope.add(scope.outer(a.count(), a.index(), a.offset()));
      case CORE_TYPE -> scope.add(scope.outerCore(a.count(), a.index(), a.offset()));
      default -> throw unfit(a.offset(), a.sort());
    }
  }

  private void export(Definition.AliasExport a) throws WasmException {
    ExternType found = scope.instance(a.instance(), a.offset()).exports().get(a.name());
    if (a.sort() == Sort.TYPE && found instanceof ExternType.Type t) {
      scope.add(t.type());
    } else if (a.sort() == Sort.INSTANCE && found instanceof ExternType.Instance i) {
      scope.add(i.type(), a.offset());
    } else if (a.sort() != Sort.TYPE && a.sort() != Sort.INSTANCE) {
      throw unfit(a.offset(), a.sort());
    } else {
      String seen = found == null ? "nothing" : Shown.sort(found);
      throw WasmException.invalid(a.offset(), "alias of " + a.name(), seen, a.sort().text());
    }
  }
}

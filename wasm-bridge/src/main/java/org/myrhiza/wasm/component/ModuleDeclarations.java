// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FunctionType;

/** Resolves the declarations of a core module type, which has a type index space of its own. */
final class ModuleDeclarations {
  private final TypeScope around;
  private final List<CoreType> types = new ArrayList<>();
  private final Map<ModuleType.Wanted, ExternType> imports = new LinkedHashMap<>();
  private final Map<String, ExternType> exports = new LinkedHashMap<>();

  ModuleDeclarations(TypeScope around) {
    this.around = around;
  }

  ModuleType module(List<CoreTypeExpression.Declaration> declarations) throws WasmException {
    for (CoreTypeExpression.Declaration each : declarations) {
      around.work().step(each.offset());
      switch (each) {
        case CoreTypeExpression.OwnType t -> types.add(around.resolve(t.expression(), t.offset()));
        case CoreTypeExpression.OuterType t -> types.add(outer(t));
        case CoreTypeExpression.Import i -> {
          if (imports.put(i.name(), described(i.type(), i.offset())) != null) {
            throw twice("import " + i.name(), i.offset());
          }
        }
        case CoreTypeExpression.Export e -> {
          if (exports.put(e.name(), described(e.type(), e.offset())) != null) {
            throw twice("export " + e.name(), e.offset());
          }
        }
      }
    }
    return new ModuleType(imports, exports);
  }

  private CoreType outer(CoreTypeExpression.OuterType t) throws WasmException {
    CoreType found =
        t.count() == 0
            ? TypeScope.at(types, "core type", t.index(), t.offset())
            : around.outerCore(t.count() - 1, t.index(), t.offset());
    if (found instanceof ModuleType) {
      throw WasmException.invalid(
          t.offset(), "alias in a module type", "a module type", "a function type");
    }
    return found;
  }

  private ExternType described(CoreTypeExpression.Described type, int offset) throws WasmException {
    return switch (type) {
      case CoreTypeExpression.Described.Other o -> o.type();
      case CoreTypeExpression.Described.Func f ->
          new ExternType.Function(function(f.type(), offset));
      case CoreTypeExpression.Described.Tag t -> {
        FunctionType carried = function(t.type(), offset);
        if (!carried.results().isEmpty()) {
          throw WasmException.invalid(offset, "type of a tag", carried + "", "no results");
        }
        yield new ExternType.Tag(carried);
      }
    };
  }

  private FunctionType function(int type, int offset) throws WasmException {
    if (TypeScope.at(types, "core type", type, offset) instanceof CoreType.OfFunction function) {
      return function.type();
    }
    throw WasmException.invalid(offset, "core type " + type, "a module type", "a function type");
  }

  private static WasmException twice(String what, int offset) {
    return WasmException.invalid(offset, what, "given twice", "once");
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.Component;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.Definition;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Sort;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.CoreSignature;

/** Evaluates the definitions of a component and of those nested in it. */
final class Evaluation {
  private final CoreEvaluation core;
  private final List<Blueprint.Lowering> lowerings = new ArrayList<>();
  private final List<String> imports = new ArrayList<>();
  private final List<ImportedFunction> functions = new ArrayList<>();
  private int evaluated;
  private int depth;

  Evaluation(byte[] bytes, FeatureSet set) {
    this.core = new CoreEvaluation(bytes, set);
  }

  Blueprint root(Component component) throws WasmException {
    SortedMap<String, Entity> exports = evaluate(component, null, null);
    TreeMap<String, ExportedFunction> exported = new TreeMap<>();
    collect("", exports, exported);
    return new Blueprint(
        new Blueprint.Built(core.modules(), core.steps(), lowerings), imports, functions, exported);
  }

  private static void collect(
      String prefix, SortedMap<String, Entity> exports, SortedMap<String, ExportedFunction> out) {
    for (Map.Entry<String, Entity> e : exports.entrySet()) {
      String name = prefix + e.getKey();
      if (e.getValue() instanceof Entity.Lifted lifted) {
        out.put(name, new ExportedFunction(name, lifted));
      } else if (e.getValue() instanceof Entity.Instance i && prefix.isEmpty()) {
        collect(name + "#", i.exports(), out);
      }
    }
  }

  /** Without arguments: the outermost component, whose imports the host gives. */
  private SortedMap<String, Entity> evaluate(
      Component component, @Nullable Scope outer, @Nullable SortedMap<String, Entity> arguments)
      throws WasmException {
    Scope scope = new Scope(outer);
    TreeMap<String, Entity> exports = new TreeMap<>();
    for (Definition definition : component.definitions()) {
      if (++evaluated > Limits.EVALUATIONS) {
        throw WasmException.refused(
            definition.offset(), "definitions", "more", "at most " + Limits.EVALUATIONS);
      }
      switch (definition) {
        case Definition.CoreModule d -> core.module(scope, d);
        case Definition.CoreInstantiate d -> core.instantiate(scope, d);
        case Definition.CoreExports d -> core.exports(scope, d);
        case Definition.AliasCoreExport d -> core.alias(scope, d);
        case Definition.Nested d -> scope.components.add(new Entity.Closure(d.component(), scope));
        case Definition.Instantiate d -> instantiate(scope, d);
        case Definition.Exports d -> scope.add(new Entity.Instance(items(scope, d)));
        case Definition.AliasExport d -> scope.add(aliased(scope, d));
        case Definition.AliasOuter d -> outer(scope, d);
        case Definition.Type d -> scope.types.add(scope.types.resolve(d.expression(), d.offset()));
        case Definition.Lift d -> scope.functions.add(lift(scope, d));
        case Definition.Lower d -> scope.coreFunctions.add(lower(scope, d));
        case Definition.Import d -> imported(scope, d, arguments);
        case Definition.Export d -> export(scope, d, exports);
        case Definition.ExportDeclaration d ->
            throw WasmException.malformed(d.offset(), "definition", "a declaration", "none here");
      }
    }
    return exports;
  }

  private void instantiate(Scope scope, Definition.Instantiate d) throws WasmException {
    Entity.Closure closure = Scope.at(scope.components, "component", d.component(), d.offset());
    SortedMap<String, Entity> arguments = items(scope, d.arguments(), d.offset());
    if (++depth > Limits.INSTANTIATION_DEPTH) {
      throw WasmException.refused(
          d.offset(), "nesting of instances", "deeper", "at most " + Limits.INSTANTIATION_DEPTH);
    }
    scope.add(new Entity.Instance(evaluate(closure.component(), closure.around(), arguments)));
    depth--;
  }

  private static SortedMap<String, Entity> items(Scope scope, Definition.Exports d)
      throws WasmException {
    return items(scope, d.exports(), d.offset());
  }

  private static SortedMap<String, Entity> items(
      Scope scope, List<Definition.Item> items, int offset) throws WasmException {
    TreeMap<String, Entity> out = new TreeMap<>();
    for (Definition.Item item : items) {
      if (out.put(item.name(), scope.entity(item.sort(), item.index(), offset)) != null) {
        throw WasmException.invalid(offset, "name " + item.name(), "given twice", "once");
      }
    }
    return out;
  }

  private static Entity aliased(Scope scope, Definition.AliasExport d) throws WasmException {
    Entity.Instance instance = Scope.at(scope.instances, "instance", d.instance(), d.offset());
    Entity found = instance.exports().get(d.name());
    boolean fits =
        switch (d.sort()) {
          case FUNC -> found instanceof Entity.Function;
          case TYPE -> found instanceof Entity.Type;
          case INSTANCE -> found instanceof Entity.Instance;
          case COMPONENT -> found instanceof Entity.Closure;
          default -> throw WasmException.unsupported("core items across components", d.offset());
        };
    if (found == null || !fits) {
      throw WasmException.invalid(
          d.offset(), "alias of " + d.name(), "no such export", "an export of that sort");
    }
    return found;
  }

  private static void outer(Scope scope, Definition.AliasOuter d) throws WasmException {
    switch (d.sort()) {
      case TYPE -> scope.types.add(scope.types.outer(d.count(), d.index(), d.offset()));
      case COMPONENT -> {
        Scope out = scope.out(d.count(), d.offset());
        scope.components.add(Scope.at(out.components, "component", d.index(), d.offset()));
      }
      case CORE_MODULE -> {
        Scope out = scope.out(d.count(), d.offset());
        scope.coreModules.add(Scope.at(out.coreModules, "core module", d.index(), d.offset()));
      }
      default ->
          throw WasmException.invalid(
              d.offset(), "outer alias", d.sort().toString(), "a type, component or core module");
    }
  }

  private Entity.Lifted lift(Scope scope, Definition.Lift d) throws WasmException {
    FunctionType type = scope.types.function(d.type(), d.offset());
    CoreSignature signature = Flatten.lifted(type);
    CoreItem function =
        Scope.at(scope.coreFunctions, "core function", d.coreFunction(), d.offset());
    Matching.requireCore("of a lift", function.type(), CoreTypes.function(signature), d.offset());
    OptionItems options = OptionItems.of(scope, d.options(), d.offset());
    Needs needs = Needs.of(type);
    options.require(
        needs.params() || needs.result() || needs.spilledParams() || needs.spilledResult(),
        needs.params() || needs.spilledParams(),
        d.offset());
    if (options.postReturn() != null) {
      CoreSignature post = new CoreSignature(signature.results(), List.of());
      Matching.requireCore(
          "of a post-return", options.postReturn().type(), CoreTypes.function(post), d.offset());
    }
    return new Entity.Lifted(
        type, function, options.memory(), options.realloc(), options.postReturn());
  }

  private CoreItem lower(Scope scope, Definition.Lower d) throws WasmException {
    Entity.Function function = Scope.at(scope.functions, "function", d.function(), d.offset());
    if (!(function instanceof Entity.Imported imported)) {
      throw WasmException.unsupported("calls between components", d.offset());
    }
    OptionItems options = OptionItems.of(scope, d.options(), d.offset());
    Needs needs = Needs.of(function.type());
    options.require(
        needs.params() || needs.result() || needs.spilledParams() || needs.spilledResult(),
        needs.result(),
        d.offset());
    CoreSignature signature = Flatten.lowered(function.type());
    lowerings.add(
        new Blueprint.Lowering(
            imported.function(), signature, options.memory(), options.realloc()));
    return new CoreItem(
        CoreTypes.function(signature), new CoreItem.Source.Lowered(lowerings.size() - 1));
  }

  private void imported(
      Scope scope, Definition.Import d, @Nullable SortedMap<String, Entity> arguments)
      throws WasmException {
    DefinedType.ExternType wanted = scope.types.extern(d.type(), d.offset());
    if (arguments != null) {
      Entity given = arguments.get(d.name());
      new Matching(d.offset()).require("argument " + d.name(), given, wanted);
      if (given != null) {
        scope.add(given);
      }
      return;
    }
    if (!(wanted instanceof DefinedType.ExternType.Type)) {
      if (imports.contains(d.name())) {
        throw WasmException.invalid(d.offset(), "import " + d.name(), "given twice", "once");
      }
      imports.add(d.name());
    }
    scope.add(fromHost(d, wanted));
  }

  private Entity fromHost(Definition.Import d, DefinedType.ExternType wanted) throws WasmException {
    return switch (wanted) {
      case DefinedType.ExternType.Function f -> hostFunction("", d.name(), f.type());
      case DefinedType.ExternType.Type t -> new Entity.Type(t.type());
      case DefinedType.ExternType.Instance i -> {
        TreeMap<String, Entity> exports = new TreeMap<>();
        for (Map.Entry<String, DefinedType.ExternType> e : i.type().exports().entrySet()) {
          exports.put(e.getKey(), fromInstance(d, e.getKey(), e.getValue()));
        }
        yield new Entity.Instance(exports);
      }
      case DefinedType.ExternType.OfComponent c ->
          throw WasmException.unsupported("imported components", d.offset());
    };
  }

  private Entity fromInstance(Definition.Import d, String name, DefinedType.ExternType type)
      throws WasmException {
    return switch (type) {
      case DefinedType.ExternType.Function f -> hostFunction(d.name(), name, f.type());
      case DefinedType.ExternType.Type t -> new Entity.Type(t.type());
      default -> throw WasmException.unsupported("instances inside imported ones", d.offset());
    };
  }

  private Entity hostFunction(String instance, String name, FunctionType type) {
    ImportedFunction function = new ImportedFunction(instance, name, type);
    functions.add(function);
    return new Entity.Imported(function);
  }

  private static void export(Scope scope, Definition.Export d, SortedMap<String, Entity> exports)
      throws WasmException {
    if (d.sort() == Sort.COMPONENT || d.sort().isCore()) {
      throw WasmException.unsupported("exported components and modules", d.offset());
    }
    Entity entity = scope.entity(d.sort(), d.index(), d.offset());
    if (d.type() != null) {
      DefinedType.ExternType wanted = scope.types.extern(d.type(), d.offset());
      new Matching(d.offset()).require("export " + d.name(), entity, wanted);
    }
    if (exports.put(d.name(), entity) != null) {
      throw WasmException.invalid(d.offset(), "export " + d.name(), "given twice", "once");
    }
    scope.add(entity);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.CanonicalOptions;
import org.myrhiza.wasm.component.Component;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.DefinedType.ExternType;
import org.myrhiza.wasm.component.Definition;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.TypeExpression;
import org.myrhiza.wasm.component.TypeScope;
import org.myrhiza.wasm.component.ValidComponent;
import org.myrhiza.wasm.component.Work;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.meter.Metering;

/**
 * Evaluates the definitions of a valid component and of those nested in it, each as often as it is
 * instantiated. Here every import is what was given for it, so that types mean what they mean at
 * run time: a resource type is the one that some component instance, or the host, defines.
 */
final class Evaluation {
  /** Parts of a function's type that are as much work as one definition. */
  private static final int TYPE_PARTS = 16;

  private final ValidComponent valid;
  private final FeatureSet set;
  private final Metering metering;
  private final CoreEvaluation core;
  private final Bridges bridges = new Bridges();
  private final List<Integer> parents = new ArrayList<>();
  private final List<String> imports = new ArrayList<>();
  private final List<ImportedFunction> functions = new ArrayList<>();
  private int lifts;
  private int evaluated;
  private int depth;

  Evaluation(ValidComponent valid, FeatureSet set, Metering metering) throws WasmException {
    this.valid = valid;
    this.set = set;
    this.metering = metering;
    this.core = new CoreEvaluation(valid, set, metering);
  }

  Blueprint root() throws WasmException {
    int root = instance(Blueprint.NO_PARENT);
    Scope scope = new Scope(null, TypeScope.root(new Work()), root);
    Map<String, Entity> exports = evaluate(valid.component(), scope, null);
    TreeMap<String, ExportedFunction> exported = new TreeMap<>();
    collect("", exports, exported, valid.component().offset());
    return new Blueprint(
        new Blueprint.Built(metering, core.modules(), core.steps(), parents, bridges),
        imports,
        functions,
        exported);
  }

  private int instance(int parent) {
    parents.add(parent);
    return parents.size() - 1;
  }

  private void collect(
      String prefix, Map<String, Entity> exports, Map<String, ExportedFunction> out, int offset)
      throws WasmException {
    for (Map.Entry<String, Entity> e : exports.entrySet()) {
      count(1, offset);
      String name = joined(prefix, e.getKey(), offset);
      if (e.getValue() instanceof Entity.Function f) {
        out.put(name, new ExportedFunction(name, f));
      } else if (e.getValue() instanceof Entity.Instance i) {
        collect(name + "#", i.exports(), out, offset);
      }
    }
  }

  private static String joined(String prefix, String name, int offset) throws WasmException {
    if (prefix.length() + name.length() > Limits.JOINED_NAME) {
      throw WasmException.refused(
          offset,
          "names of instances inside each other",
          "longer",
          "at most " + Limits.JOINED_NAME);
    }
    return prefix + name;
  }

  /** Counts work; what is shared may be come to again and again. */
  private void count(int work, int offset) throws WasmException {
    evaluated += work;
    if (evaluated > Limits.EVALUATIONS) {
      throw WasmException.refused(offset, "definitions", "more", "at most " + Limits.EVALUATIONS);
    }
  }

  private static int work(Definition definition) {
    return 1
        + switch (definition) {
          case Definition.Instantiate d -> d.arguments().size();
          case Definition.Exports d -> d.exports().size();
          case Definition.CoreInstantiate d -> d.arguments().size();
          case Definition.CoreExports d -> d.exports().size();
          default -> 0;
        };
  }

  /** Without arguments: the outermost component, whose imports the host gives. */
  private Map<String, Entity> evaluate(
      Component component, Scope scope, @Nullable Map<String, Entity> arguments)
      throws WasmException {
    Map<String, Entity> exports = new LinkedHashMap<>();
    for (Definition definition : component.definitions()) {
      count(work(definition), definition.offset());
      switch (definition) {
        case Definition.CoreModule d -> scope.coreModules.add(core.module(d));
        case Definition.CoreInstantiate d -> core.instantiate(scope, d);
        case Definition.CoreExports d -> CoreEvaluation.exports(scope, d);
        case Definition.AliasCoreExport d -> CoreEvaluation.alias(scope, d);
        case Definition.OfCoreType d ->
            scope.types.add(scope.types.resolve(d.expression(), d.offset()));
        case Definition.Nested d -> scope.components.add(new Entity.Closure(d.component(), scope));
        case Definition.Instantiate d -> instantiate(scope, d);
        case Definition.Exports d ->
            scope.add(new Entity.Instance(items(scope, d.exports(), d.offset())));
        case Definition.AliasExport d -> scope.add(aliased(scope, d));
        case Definition.AliasOuter d -> outer(scope, d);
        case Definition.Type d -> type(scope, d);
        case Definition.Lift d -> scope.functions.add(lift(scope, d));
        case Definition.Lower d -> scope.coreFunctions.add(lower(scope, d));
        case Definition.ResourceNew d ->
            scope.coreFunctions.add(
                bridges.add(new Bridge.ResourceNew(scope.instance, resource(scope, d.type()))));
        case Definition.ResourceDrop d ->
            scope.coreFunctions.add(
                bridges.add(new Bridge.ResourceDrop(scope.instance, resource(scope, d.type()))));
        case Definition.ResourceRep d ->
            scope.coreFunctions.add(
                bridges.add(new Bridge.ResourceRep(scope.instance, resource(scope, d.type()))));
        case Definition.Import d -> scope.add(imported(scope, d, arguments));
        case Definition.Export d -> {
          Entity entity = scope.entity(d.sort(), d.index(), d.offset());
          exports.put(d.name().text(), entity);
          scope.add(entity);
        }
        case Definition.ExportDeclaration d ->
            throw new IllegalStateException("a declaration among definitions");
      }
    }
    return exports;
  }

  private void instantiate(Scope scope, Definition.Instantiate d) throws WasmException {
    Entity.Closure closure = scope.components.get(d.component());
    Map<String, Entity> arguments = items(scope, d.arguments(), d.offset());
    if (++depth > Limits.INSTANTIATION_DEPTH) {
      throw WasmException.refused(
          d.offset(), "nesting of instances", "deeper", "at most " + Limits.INSTANTIATION_DEPTH);
    }
    if (parents.size() >= Limits.COMPONENT_INSTANCES) {
      throw WasmException.refused(
          d.offset(), "component instances", "more", "at most " + Limits.COMPONENT_INSTANCES);
    }
    TypeScope types = closure.around().types.inside(TypeScope.Kind.COMPONENT);
    Scope inner = new Scope(closure.around(), types, instance(scope.instance));
    scope.add(new Entity.Instance(evaluate(closure.component(), inner, arguments)));
    depth--;
  }

  private static Map<String, Entity> items(Scope scope, List<Definition.Item> items, int offset)
      throws WasmException {
    Map<String, Entity> out = new LinkedHashMap<>();
    for (Definition.Item item : items) {
      out.put(item.name().text(), scope.entity(item.sort(), item.index(), offset));
    }
    return out;
  }

  private static Entity aliased(Scope scope, Definition.AliasExport d) {
    Entity found = scope.instances.get(d.instance()).exports().get(d.name());
    if (found == null) {
      throw new IllegalStateException("no export " + d.name());
    }
    return found;
  }

  private static void outer(Scope scope, Definition.AliasOuter d) throws WasmException {
    switch (d.sort()) {
      case TYPE -> scope.types.add(scope.types.outer(d.count(), d.index(), d.offset()));
      case CORE_TYPE -> scope.types.add(scope.types.outerCore(d.count(), d.index(), d.offset()));
      case COMPONENT -> scope.components.add(scope.out(d.count()).components.get(d.index()));
      case CORE_MODULE -> scope.coreModules.add(scope.out(d.count()).coreModules.get(d.index()));
      default -> throw new IllegalStateException("outer alias of a " + d.sort().text());
    }
  }

  private void type(Scope scope, Definition.Type d) throws WasmException {
    DefinedType type = scope.types.resolve(d.expression(), d.offset());
    if (type instanceof DefinedType.Resource r
        && d.expression() instanceof TypeExpression.OfResource resource) {
      Policy.checkResource(set, d.offset());
      int destructor = resource.destructor();
      bridges.define(
          r.type(),
          scope.instance,
          destructor == TypeExpression.OfResource.NO_DESTRUCTOR
              ? null
              : scope.coreFunctions.get(destructor));
    }
    scope.types.add(type);
  }

  private int resource(Scope scope, int type) throws WasmException {
    return bridges.number(scope.types.resource(type, 0).type());
  }

  /** Counts the walks over a function's type, and its layout. */
  private FunctionType counted(FunctionType type, int offset) throws WasmException {
    count(TypeSizes.of(type) / TYPE_PARTS, offset);
    return type;
  }

  private Entity.Lifted lift(Scope scope, Definition.Lift d) throws WasmException {
    FunctionType type = counted(scope.types.function(d.type(), d.offset()), d.offset());
    Policy.check(set, type, d.options(), d.offset());
    return new Entity.Lifted(
        lifts++,
        type,
        scope.instance,
        scope.coreFunctions.get(d.coreFunction()),
        options(scope, d.options()));
  }

  private CoreItem lower(Scope scope, Definition.Lower d) throws WasmException {
    Entity.Function function = scope.functions.get(d.function());
    Policy.check(set, counted(function.type(), d.offset()), d.options(), d.offset());
    CoreSignature signature = Flatten.lowered(function.type());
    return bridges.add(
        new Bridge.Lowered(scope.instance, function, signature, options(scope, d.options())));
  }

  private static Entity.Options options(Scope scope, CanonicalOptions options) {
    return new Entity.Options(
        item(scope.coreMemories, options.memory()),
        item(scope.coreFunctions, options.realloc()),
        item(scope.coreFunctions, options.postReturn()),
        options.encoding());
  }

  private static @Nullable CoreItem item(List<CoreItem> space, int index) {
    return index == CanonicalOptions.NONE ? null : space.get(index);
  }

  private Entity imported(Scope scope, Definition.Import d, @Nullable Map<String, Entity> arguments)
      throws WasmException {
    if (arguments != null) {
      Entity given = arguments.get(d.name().text());
      if (given == null) {
        throw new IllegalStateException("no argument " + d.name());
      }
      return given;
    }
    ExternType wanted = scope.types.declared(d.type(), d.offset()).type();
    if (!(wanted instanceof ExternType.Type)) {
      imports.add(d.name().text());
    }
    return fromHost("", d.name().text(), wanted, d.offset());
  }

  private Entity fromHost(String instance, String name, ExternType wanted, int offset)
      throws WasmException {
    count(1, offset);
    return switch (wanted) {
      case ExternType.Function f -> {
        ImportedFunction function = new ImportedFunction(instance, name, f.type());
        functions.add(function);
        yield new Entity.Imported(function);
      }
      case ExternType.Type t -> {
        if (t.type() instanceof DefinedType.Resource r) {
          Policy.checkResource(set, offset);
          bridges.defineByHost(r.type(), new ImportedResource(instance, name));
        }
        yield new Entity.Type(t.type());
      }
      case ExternType.Instance i -> {
        String inner = instance.isEmpty() ? name : joined(instance + "#", name, offset);
        Map<String, Entity> exports = new LinkedHashMap<>();
        for (Map.Entry<String, ExternType> e : i.type().exports().entrySet()) {
          exports.put(e.getKey(), fromHost(inner, e.getKey(), e.getValue(), offset));
        }
        yield new Entity.Instance(exports);
      }
      case ExternType.OfComponent c ->
          throw WasmException.unlinkable("", name, "import", "a component", "what a host has");
      case ExternType.OfModule m ->
          throw WasmException.unlinkable("", name, "import", "a core module", "what a host has");
    };
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.ValueType;

/** Validates the definitions where components and core modules meet. */
final class CoreDefinitions {
  private static final ExternType REALLOC =
      function(
          List.of(ValueType.I32, ValueType.I32, ValueType.I32, ValueType.I32),
          List.of(ValueType.I32));
  private static final ExternType FROM_I32 = function(List.of(ValueType.I32), List.of());
  private static final ExternType I32_TO_I32 =
      function(List.of(ValueType.I32), List.of(ValueType.I32));

  private final ComponentScope scope;
  private final Work work;

  CoreDefinitions(ComponentScope scope, Work work) {
    this.scope = scope;
    this.work = work;
  }

  private static ExternType function(List<ValueType> params, List<ValueType> results) {
    return new ExternType.Function(new org.myrhiza.wasm.core.FunctionType(params, results));
  }

  private Subtyping subtyping(int offset) {
    return new Subtyping(work, offset, List.of());
  }

  void instantiate(Definition.CoreInstantiate d) throws WasmException {
    ModuleType module = TypeScope.at(scope.coreModules, "core module", d.module(), d.offset());
    Map<String, Map<String, ExternType>> arguments = new LinkedHashMap<>();
    for (Definition.Item item : d.arguments()) {
      Map<String, ExternType> instance =
          TypeScope.at(scope.coreInstances, "core instance", item.index(), d.offset());
      if (arguments.put(item.name().text(), instance) != null) {
        throw twice("argument " + item.name(), d.offset());
      }
    }
    for (Map.Entry<ModuleType.Wanted, ExternType> each : module.imports().entrySet()) {
      Map<String, ExternType> from = arguments.get(each.getKey().module());
      if (from == null) {
        throw WasmException.invalid(
            d.offset(), "core import " + each.getKey(), "no argument", "an instance");
      }
      subtyping(d.offset())
          .requireCore(
              new Subtyping.Path("core import", each.getKey()),
              from.get(each.getKey().name()),
              each.getValue());
    }
    scope.coreInstances.add(module.exports());
  }

  void exports(Definition.CoreExports d) throws WasmException {
    Map<String, ExternType> out = new LinkedHashMap<>();
    for (Definition.Item item : d.exports()) {
      ExternType type =
          TypeScope.at(
              scope.core(item.sort(), d.offset()), item.sort().text(), item.index(), d.offset());
      if (out.put(item.name().text(), type) != null) {
        throw twice("core export " + item.name(), d.offset());
      }
    }
    scope.coreInstances.add(out);
  }

  void alias(Definition.AliasCoreExport d) throws WasmException {
    ExternType type =
        TypeScope.at(scope.coreInstances, "core instance", d.instance(), d.offset()).get(d.name());
    if (type == null || sortOf(type) != d.sort()) {
      throw WasmException.invalid(
          d.offset(),
          "core alias of " + d.name(),
          type == null ? "nothing" : sortOf(type).text(),
          d.sort().text());
    }
    scope.core(d.sort(), d.offset()).add(type);
  }

  private static Sort sortOf(ExternType type) {
    return switch (type) {
      case ExternType.Function f -> Sort.CORE_FUNC;
      case ExternType.Table t -> Sort.CORE_TABLE;
      case ExternType.Memory m -> Sort.CORE_MEMORY;
      case ExternType.Global g -> Sort.CORE_GLOBAL;
      case ExternType.Tag t -> Sort.CORE_TAG;
    };
  }

  FunctionType lift(Definition.Lift d) throws WasmException {
    FunctionType type = scope.types.function(d.type(), d.offset());
    work.walk(type, d.offset());
    ExternType core = coreFunction(d.coreFunction(), d.offset());
    var signature = CoreSignatures.lifted(type);
    require("lifted core function", core, new ExternType.Function(signature), d.offset());
    options(d.options(), CoreSignatures.liftNeeds(type), d.offset());
    if (d.options().postReturn() != CanonicalOptions.NONE) {
      require(
          "post-return",
          coreFunction(d.options().postReturn(), d.offset()),
          function(signature.results(), List.of()),
          d.offset());
    }
    return type;
  }

  void lower(Definition.Lower d) throws WasmException {
    FunctionType type = TypeScope.at(scope.functions, "function", d.function(), d.offset());
    work.walk(type, d.offset());
    options(d.options(), CoreSignatures.lowerNeeds(type), d.offset());
    scope.coreFunctions.add(new ExternType.Function(CoreSignatures.lowered(type)));
  }

  private void options(CanonicalOptions options, CoreSignatures.Needs needs, int offset)
      throws WasmException {
    boolean memory = options.memory() != CanonicalOptions.NONE;
    boolean realloc = options.realloc() != CanonicalOptions.NONE;
    if (memory) {
      TypeScope.at(scope.coreMemories, "core memory", options.memory(), offset);
    }
    if (realloc) {
      require("realloc", coreFunction(options.realloc(), offset), REALLOC, offset);
    }
    if ((needs.memory() || realloc) && !memory) {
      throw WasmException.invalid(offset, "canonical options", "no memory", "a memory");
    }
    if (needs.realloc() && !realloc) {
      throw WasmException.invalid(offset, "canonical options", "no realloc", "a realloc");
    }
  }

  private ExternType coreFunction(int index, int offset) throws WasmException {
    return TypeScope.at(scope.coreFunctions, "core function", index, offset);
  }

  private void require(String name, ExternType given, ExternType wanted, int offset)
      throws WasmException {
    subtyping(offset).requireCore(name, given, wanted);
  }

  void destructor(int index, int offset) throws WasmException {
    if (index != TypeExpression.OfResource.NO_DESTRUCTOR) {
      require("destructor", coreFunction(index, offset), FROM_I32, offset);
    }
  }

  void resourceNew(Definition.ResourceNew d) throws WasmException {
    requireLocal(d.type(), d.offset());
    scope.coreFunctions.add(I32_TO_I32);
  }

  void resourceRep(Definition.ResourceRep d) throws WasmException {
    requireLocal(d.type(), d.offset());
    scope.coreFunctions.add(I32_TO_I32);
  }

  void resourceDrop(Definition.ResourceDrop d) throws WasmException {
    scope.types.resource(d.type(), d.offset());
    scope.coreFunctions.add(FROM_I32);
  }

  private void requireLocal(int type, int offset) throws WasmException {
    if (!scope.local.contains(scope.types.resource(type, offset).type().id())) {
      throw WasmException.invalid(
          offset, "resource type " + type, "one from elsewhere", "one of this component");
    }
  }

  private static WasmException twice(String what, int offset) {
    return WasmException.invalid(offset, what, "given twice", "once");
  }
}

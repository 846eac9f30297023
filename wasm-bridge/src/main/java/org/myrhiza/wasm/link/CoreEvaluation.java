// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.Definition;
import org.myrhiza.wasm.component.Sort;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.Extent;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.ModuleExport;
import org.myrhiza.wasm.core.ModuleImport;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Metered;

/** Evaluates the core definitions: modules are validated and rewritten, instances planned. */
final class CoreEvaluation {
  private final byte[] bytes;
  private final FeatureSet set;
  private final List<Metered> modules = new ArrayList<>();
  private final List<Integer> moduleOffsets = new ArrayList<>();
  private final List<Blueprint.Step> steps = new ArrayList<>();
  private long memoryPages;

  CoreEvaluation(byte[] bytes, FeatureSet set) {
    this.bytes = bytes;
    this.set = set;
  }

  List<Metered> modules() {
    return modules;
  }

  List<Blueprint.Step> steps() {
    return steps;
  }

  void module(Scope scope, Definition.CoreModule d) throws WasmException {
    int known = moduleOffsets.indexOf(d.offset());
    if (known < 0) {
      known = modules.size();
      CoreModule module = ok(CoreModules.decode(bytes, d.offset(), d.end(), set));
      modules.add(ok(Meter.rewrite(module)));
      moduleOffsets.add(d.offset());
    }
    scope.coreModules.add(known);
  }

  private static <T> T ok(WasmResult<T> result) throws WasmException {
    return switch (result) {
      case WasmResult.Ok<T> ok -> ok.value();
      case WasmResult.Failed<T> failed -> throw new WasmException(failed.error());
    };
  }

  void instantiate(Scope scope, Definition.CoreInstantiate d) throws WasmException {
    int index = Scope.at(scope.coreModules, "core module", d.module(), d.offset());
    TreeMap<String, SortedMap<String, CoreItem>> arguments = new TreeMap<>();
    for (Definition.Item item : d.arguments()) {
      SortedMap<String, CoreItem> instance =
          Scope.at(scope.coreInstances, "core instance", item.index(), d.offset());
      if (arguments.put(item.name(), instance) != null) {
        throw WasmException.invalid(d.offset(), "argument " + item.name(), "given twice", "once");
      }
    }
    CoreModule module = modules.get(index).source();
    List<Blueprint.Binding> bindings = new ArrayList<>();
    for (ModuleImport wanted : module.imports()) {
      bindings.add(binding(wanted, arguments.get(wanted.module()), d.offset()));
    }
    account(module, d.offset());
    steps.add(new Blueprint.Step(index, List.copyOf(bindings)));
    scope.coreInstances.add(exportsOf(module, steps.size() - 1));
  }

  private static Blueprint.Binding binding(
      ModuleImport wanted, @Nullable SortedMap<String, CoreItem> from, int offset)
      throws WasmException {
    String name = wanted.module() + " " + wanted.name();
    CoreItem item = from == null ? null : from.get(wanted.name());
    if (item == null) {
      throw WasmException.invalid(offset, "core import " + name, "nothing given", "an export");
    }
    Matching.requireCore(name, item.type(), wanted.type(), offset);
    return new Blueprint.Binding(wanted.module(), wanted.name(), item);
  }

  private void account(CoreModule module, int offset) throws WasmException {
    List<ExternType.Memory> memories = module.memories();
    for (int i = module.importedMemories(); i < memories.size(); i++) {
      Extent extent = memories.get(i).extent();
      memoryPages += extent.hasMax() ? extent.max() : extent.min();
    }
    if (memoryPages > Limits.MEMORY_PAGES) {
      throw WasmException.refused(
          offset,
          "memory of all core instances",
          memoryPages + " pages",
          "at most " + Limits.MEMORY_PAGES);
    }
    if (steps.size() >= Limits.CORE_INSTANCES) {
      throw WasmException.refused(
          offset, "core instances", "more", "at most " + Limits.CORE_INSTANCES);
    }
  }

  private static SortedMap<String, CoreItem> exportsOf(CoreModule module, int instance) {
    TreeMap<String, CoreItem> out = new TreeMap<>();
    for (ModuleExport e : module.exports()) {
      CoreItem.Source source = new CoreItem.Source.Exported(instance, e.name());
      out.put(e.name(), new CoreItem(e.type(), source));
    }
    return out;
  }

  void exports(Scope scope, Definition.CoreExports d) throws WasmException {
    TreeMap<String, CoreItem> out = new TreeMap<>();
    for (Definition.Item item : d.exports()) {
      List<CoreItem> space = scope.core(item.sort(), d.offset());
      CoreItem value = Scope.at(space, item.sort().toString(), item.index(), d.offset());
      if (out.put(item.name(), value) != null) {
        throw WasmException.invalid(d.offset(), "name " + item.name(), "given twice", "once");
      }
    }
    scope.coreInstances.add(out);
  }

  void alias(Scope scope, Definition.AliasCoreExport d) throws WasmException {
    SortedMap<String, CoreItem> instance =
        Scope.at(scope.coreInstances, "core instance", d.instance(), d.offset());
    CoreItem item = instance.get(d.name());
    if (item == null || sortOf(item.type()) != d.sort()) {
      throw WasmException.invalid(
          d.offset(), "core alias of " + d.name(), "no such export", "an export of that sort");
    }
    scope.core(d.sort(), d.offset()).add(item);
  }

  private static Sort sortOf(ExternType type) {
    return switch (type) {
      case ExternType.Function f -> Sort.CORE_FUNC;
      case ExternType.Table t -> Sort.CORE_TABLE;
      case ExternType.Memory m -> Sort.CORE_MEMORY;
      case ExternType.Global g -> Sort.CORE_GLOBAL;
    };
  }
}

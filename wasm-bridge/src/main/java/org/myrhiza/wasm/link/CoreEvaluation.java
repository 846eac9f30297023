// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.Definition;
import org.myrhiza.wasm.component.ValidComponent;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.Extent;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.ModuleExport;
import org.myrhiza.wasm.core.ModuleImport;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Metering;
import org.myrhiza.wasm.meter.Rewritten;

/** Evaluates the core definitions: modules are rewritten, core instances planned. */
final class CoreEvaluation {
  private final ValidComponent valid;
  private final FeatureSet set;
  private final Metering metering;
  private final List<Rewritten> modules = new ArrayList<>();
  private final Map<Integer, Integer> numbers = new TreeMap<>();
  private final List<Blueprint.Step> steps = new ArrayList<>();
  private final List<FunctionType> sharedTypes;
  private long memoryPages;
  private long tableElements;

  CoreEvaluation(ValidComponent valid, FeatureSet set, Metering metering) throws WasmException {
    this.valid = valid;
    this.set = set;
    this.metering = metering;
    this.sharedTypes = sharedTypes(valid, set);
  }

  /** The types of all modules, in the order of the binary, if any of them shares a table. */
  private static List<FunctionType> sharedTypes(ValidComponent valid, FeatureSet set)
      throws WasmException {
    if (valid.modules().values().stream().noneMatch(m -> m.importedTables() > 0)) {
      return List.of();
    }
    LinkedHashSet<FunctionType> types = new LinkedHashSet<>();
    for (CoreModule module : valid.modules().values()) {
      types.addAll(module.types());
      int most = org.myrhiza.wasm.core.Limits.of(set).types();
      if (types.size() > most) {
        throw WasmException.refused(
            module.from(), "types of modules that share a table", "more", "at most " + most);
      }
    }
    return List.copyOf(types);
  }

  List<Rewritten> modules() {
    return modules;
  }

  List<Blueprint.Step> steps() {
    return steps;
  }

  /** A module that is instantiated more than once is rewritten once. */
  Entity.Module module(Definition.CoreModule d) throws WasmException {
    Integer known = numbers.get(d.offset());
    if (known == null) {
      if (modules.size() >= Limits.CORE_MODULES) {
        throw WasmException.refused(
            d.offset(), "core modules", "more", "at most " + Limits.CORE_MODULES);
      }
      known = modules.size();
      modules.add(Meter.rewrite(valid.module(d.offset()), sharedTypes, metering).orThrow());
      numbers.put(d.offset(), known);
    }
    return new Entity.Module(known);
  }

  void instantiate(Scope scope, Definition.CoreInstantiate d) throws WasmException {
    int number = scope.coreModules.get(d.module()).number();
    Map<String, Map<String, CoreItem>> arguments = new LinkedHashMap<>();
    for (Definition.Item item : d.arguments()) {
      arguments.put(item.name().text(), scope.coreInstances.get(item.index()));
    }
    CoreModule module = modules.get(number).source();
    List<Blueprint.Binding> bindings = new ArrayList<>();
    for (ModuleImport wanted : module.imports()) {
      bindings.add(binding(wanted, arguments, d.offset()));
    }
    account(module, d.offset());
    steps.add(new Blueprint.Step(number, scope.instance, List.copyOf(bindings)));
    scope.coreInstances.add(exportsOf(module, steps.size() - 1));
  }

  private Blueprint.Binding binding(
      ModuleImport wanted, Map<String, Map<String, CoreItem>> arguments, int offset)
      throws WasmException {
    Map<String, CoreItem> from = arguments.get(wanted.module());
    CoreItem item = from == null ? null : from.get(wanted.name());
    if (item == null) {
      throw new IllegalStateException("nothing for " + wanted.module() + " " + wanted.name());
    }
    // Rewritten code asks for growth up to the maximum that its own module declares.
    if (set != FeatureSet.BRIDGE
        && wanted.type() instanceof ExternType.Memory w
        && item.type() instanceof ExternType.Memory g
        && w.extent().max() != g.extent().max()) {
      throw WasmException.refused(
          offset,
          "maximum of an imported memory",
          g.extent().max() + " pages",
          "exactly " + w.extent().max());
    }
    return new Blueprint.Binding(wanted.module(), wanted.name(), item);
  }

  private void account(CoreModule module, int offset) throws WasmException {
    List<ExternType.Memory> memories = module.memories();
    for (int i = module.importedMemories(); i < memories.size(); i++) {
      Extent extent = memories.get(i).extent();
      memoryPages += set != FeatureSet.BRIDGE && extent.hasMax() ? extent.max() : extent.min();
    }
    if (memoryPages > Limits.MEMORY_PAGES) {
      throw WasmException.refused(
          offset,
          "memory of all core instances",
          memoryPages + " pages",
          "at most " + Limits.MEMORY_PAGES);
    }
    List<ExternType.Table> tables = module.tables();
    for (int i = module.importedTables(); i < tables.size(); i++) {
      tableElements += tables.get(i).extent().min();
    }
    if (tableElements > Limits.TABLE_ELEMENTS) {
      throw WasmException.refused(
          offset, "elements of all tables", "" + tableElements, "at most " + Limits.TABLE_ELEMENTS);
    }
    if (steps.size() >= Limits.CORE_INSTANCES) {
      throw WasmException.refused(
          offset, "core instances", "more", "at most " + Limits.CORE_INSTANCES);
    }
  }

  private static Map<String, CoreItem> exportsOf(CoreModule module, int instance) {
    Map<String, CoreItem> out = new LinkedHashMap<>();
    for (ModuleExport e : module.exports()) {
      CoreItem.Source source = new CoreItem.Source.Exported(instance, e.name());
      out.put(e.name(), new CoreItem(e.type(), source));
    }
    return out;
  }

  static void exports(Scope scope, Definition.CoreExports d) {
    Map<String, CoreItem> out = new LinkedHashMap<>();
    for (Definition.Item item : d.exports()) {
      out.put(item.name().text(), scope.core(item.sort()).get(item.index()));
    }
    scope.coreInstances.add(out);
  }

  static void alias(Scope scope, Definition.AliasCoreExport d) {
    CoreItem item = scope.coreInstances.get(d.instance()).get(d.name());
    if (item == null) {
      throw new IllegalStateException("no core export " + d.name());
    }
    scope.core(d.sort()).add(item);
  }
}

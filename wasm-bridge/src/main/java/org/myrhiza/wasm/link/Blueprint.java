// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.Layouts;
import org.myrhiza.wasm.meter.Metering;
import org.myrhiza.wasm.meter.Rewritten;

/**
 * A linked component: everything that instantiating takes, in a flat list, and nothing that depends
 * on an engine. Made by {@link Linker}.
 */
public final class Blueprint {
  /** The parent of the outermost component instance. */
  static final int NO_PARENT = -1;

  /** What {@link #branch} says of the outermost component instance. */
  public static final int OUTERMOST = -1;

  /** What {@link #resource} says of a resource type that no import has. */
  public static final int UNKNOWN = -1;

  private final Metering metering;
  private final List<Rewritten> modules;
  private final List<Step> steps;
  private final List<Integer> parents;
  private final Bridges bridges;
  private final List<String> imports;
  private final List<ImportedFunction> functions;
  private final SortedMap<String, ExportedFunction> exports;

  Blueprint(
      Built built,
      List<String> imports,
      List<ImportedFunction> functions,
      SortedMap<String, ExportedFunction> exports) {
    this.metering = built.metering();
    this.modules = List.copyOf(built.modules());
    this.steps = List.copyOf(built.steps());
    this.parents = List.copyOf(built.parents());
    this.bridges = built.bridges();
    this.imports = List.copyOf(imports);
    this.functions = List.copyOf(functions);
    this.exports = exports;
  }

  /** The rewritten core modules; what an engine has to prepare. */
  public List<Rewritten> modules() {
    return modules;
  }

  /** Names of all imports, those that carry only types left out, in the binary's order. */
  public List<String> imports() {
    return imports;
  }

  /** Every function that the component may call in its host. */
  public List<ImportedFunction> functions() {
    return functions;
  }

  /**
   * An exported function.
   *
   * @param name the function's name, after the instance's name and {@code #} when it is exported
   *     inside one
   * @return the function, or null
   */
  public @Nullable ExportedFunction export(String name) {
    return exports.get(name);
  }

  /** Names of all exported functions, sorted. */
  public List<String> exports() {
    return List.copyOf(exports.keySet());
  }

  /**
   * The number of a resource type that the host defines, as handles tell it.
   *
   * @return the number, or {@link #UNKNOWN} where no import has it
   */
  public int resource(ImportedResource imported) {
    List<Bridges.Resource> all = resources();
    for (int i = 0; i < all.size(); i++) {
      if (imported.equals(all.get(i).imported())) {
        return i;
      }
    }
    return UNKNOWN;
  }

  /**
   * Which of the instances that the outermost component instance makes a caller belongs to: of a
   * composed component the number of its part.
   *
   * @param caller what {@link HostCall#caller} told
   * @return counted from 0 in the order of their instantiation; {@link #OUTERMOST} for the
   *     outermost instance itself
   */
  public int branch(int caller) {
    int top = caller;
    while (top > 0 && parents.get(top) > 0) {
      top = parents.get(top);
    }
    int branch = OUTERMOST;
    for (int i = 1; i <= top; i++) {
      branch += parents.get(i) == 0 ? 1 : 0;
    }
    return branch;
  }

  /** Whether its code keeps accounts, which then every module imports. */
  boolean isMetered() {
    return metering == Metering.ON;
  }

  List<Step> steps() {
    return steps;
  }

  /** For each component instance the number of the one that instantiated it. */
  List<Integer> parents() {
    return parents;
  }

  List<Bridge> bridges() {
    return bridges.functions();
  }

  List<Bridges.Resource> resources() {
    return bridges.resources();
  }

  /** Makes layouts of this component's types. */
  Layouts layouts() {
    return new Layouts(bridges::number);
  }

  /** What linking collects. */
  record Built(
      Metering metering,
      List<Rewritten> modules,
      List<Step> steps,
      List<Integer> parents,
      Bridges bridges) {}

  /** One core instance: which module, in which component instance, and what it imports. */
  record Step(int module, int owner, List<Binding> bindings) {}

  /** One import of a core instance. */
  record Binding(String module, String name, CoreItem item) {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/**
 * Writes the exports of the component around all: those of the last part, and before them what
 * other parts export and these refer to, since what an export refers to must have a name outside.
 */
final class Exports {
  /** The index of what is about to be exported. */
  private static final int UNKNOWN = -1;

  private final Outer outer;
  private final Steps steps;
  private final int[] instances;
  private final Part last;
  private final Map<String, Integer> shown = new TreeMap<>();

  /** Types that are known by other names outside than inside. */
  private final TreeSet<Integer> renamed = new TreeSet<>();

  Exports(Outer outer, Steps steps, int[] instances, Part last) {
    this.outer = outer;
    this.steps = steps;
    this.instances = instances;
    this.last = last;
  }

  void write() throws WasmException {
    for (ExternType type : last.exports().values()) {
      showReferences(last, type);
    }
    for (Map.Entry<String, ExternType> each : last.exports().entrySet()) {
      export(last, each.getKey(), each.getValue());
    }
  }

  /** Exports what a type of a part refers to, if other parts made it. */
  private void showReferences(Part part, ExternType type) throws WasmException {
    for (int number : References.of(type, steps)) {
      String imported = home(part.imports(), number);
      Part from = imported == null ? null : part.links().get(imported);
      if (imported != null && from != null) {
        show(from, imported);
        ExternType wanted = part.imports().get(imported);
        Integer index = shown.get(key(from, imported));
        if (index != null && wanted != null) {
          outer.name(wanted, index);
          rename(wanted);
        }
      } else if (imported == null && part != last) {
        String exported = home(part.exports(), number);
        if (exported != null) {
          show(part, exported);
        }
      }
    }
  }

  private void show(Part part, String name) throws WasmException {
    ExternType type = part.export(name);
    if (shown.containsKey(key(part, name)) || last.exports().containsKey(name)) {
      return;
    }
    // Before its references: what it refers to may lie in itself.
    shown.put(key(part, name), UNKNOWN);
    showReferences(part, type);
    shown.put(key(part, name), export(part, name, type));
  }

  private int export(Part part, String name, ExternType type) throws WasmException {
    steps.about(part, name);
    int index = outer.exported(instances[part.number()], name, type);
    boolean otherNames = References.of(type, steps).stream().anyMatch(renamed::contains);
    int exported =
        type instanceof ExternType.Function f && otherNames
            ? outer.exportingAs(name, f, index)
            : outer.exporting(name, type, index);
    rename(type);
    return exported;
  }

  private void rename(ExternType type) {
    if (type instanceof ExternType.Type) {
      renamed.addAll(References.named(type));
    }
  }

  private static String key(Part part, String name) {
    return part.number() + " " + name;
  }

  /** The first import or export that gives something of the number a name. */
  private static @Nullable String home(Map<String, ExternType> externs, int number) {
    for (Map.Entry<String, ExternType> each : externs.entrySet()) {
      if (References.named(each.getValue()).contains(number)) {
        return each.getKey();
      }
    }
    return null;
  }
}

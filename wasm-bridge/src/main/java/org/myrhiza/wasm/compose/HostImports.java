// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/**
 * What no part serves comes from the host, once for each name: parts that import the same name get
 * the same thing, which has all that each of them wants of it.
 */
final class HostImports {
  private final Outer outer;
  private final Steps steps;
  private final Map<String, Wanted> all = new LinkedHashMap<>();
  private final Map<Integer, String> homes = new TreeMap<>();
  private final Map<String, Integer> indices = new TreeMap<>();
  private final TreeSet<String> begun = new TreeSet<>();

  /** All that is wanted under one name, and the first part that wants it. */
  private record Wanted(Part part, List<ExternType> types) {}

  HostImports(Outer outer, Steps steps) {
    this.outer = outer;
    this.steps = steps;
  }

  /** Notes an import of a part. */
  void add(Part part, String name, ExternType type) {
    all.computeIfAbsent(name, n -> new Wanted(part, new ArrayList<>())).types().add(type);
    for (int number : References.named(type)) {
      homes.putIfAbsent(number, name);
    }
  }

  /** Writes them: in the order of the parts, but after what their types refer to. */
  void write() throws WasmException {
    for (String name : all.keySet()) {
      write(name);
    }
  }

  private void write(String name) throws WasmException {
    Wanted wanted = all.get(name);
    if (wanted == null || indices.containsKey(name)) {
      return;
    }
    if (!begun.add(name)) {
      steps.about(wanted.part(), name);
      throw steps.unnamed("types of imports that refer to each other in a circle");
    }
    for (ExternType type : wanted.types()) {
      for (int number : References.of(type, steps)) {
        String home = homes.get(number);
        if (home != null && !home.equals(name)) {
          write(home);
        }
      }
    }
    steps.about(wanted.part(), name);
    indices.put(name, outer.importing(name, wanted.types()));
  }

  /** The import's index in the space of its sort. */
  int index(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new IllegalStateException("no import " + name);
    }
    return index;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.Handles;
import org.myrhiza.wasm.component.ResourceType;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.ValueType;

/** The bridge's functions and the resource types of a component tree, numbered. */
final class Bridges {
  private static final ExternType I32_TO_I32 = type(List.of(ValueType.I32));
  private static final ExternType FROM_I32 = type(List.of());

  private final List<Bridge> functions = new ArrayList<>();
  private final List<Resource> resources = new ArrayList<>();
  private final TreeMap<Integer, Integer> numbers = new TreeMap<>();

  /**
   * A resource type.
   *
   * @param owner the number of the component instance that defines it, or {@link #HOST}
   * @param destructor a core function of the owner, or null
   * @param imported what the host knows it by, or null
   */
  record Resource(int owner, @Nullable CoreItem destructor, @Nullable ImportedResource imported) {
    /** The owner of the host's resource types. */
    static final int HOST = Handles.HOST;
  }

  private static ExternType type(List<ValueType> results) {
    return new ExternType.Function(new FunctionType(List.of(ValueType.I32), results));
  }

  CoreItem add(Bridge function) {
    functions.add(function);
    ExternType type =
        switch (function) {
          case Bridge.Lowered l -> CoreTypes.function(l.signature());
          case Bridge.ResourceNew n -> I32_TO_I32;
          case Bridge.ResourceRep r -> I32_TO_I32;
          case Bridge.ResourceDrop d -> FROM_I32;
        };
    return new CoreItem(type, new CoreItem.Source.Bridged(functions.size() - 1));
  }

  void define(ResourceType type, int owner, @Nullable CoreItem destructor) {
    number(type, new Resource(owner, destructor, null));
  }

  void defineByHost(ResourceType type, ImportedResource imported) {
    if (!numbers.containsKey(type.id())) {
      number(type, new Resource(Resource.HOST, null, imported));
    }
  }

  private void number(ResourceType type, Resource resource) {
    numbers.put(type.id(), resources.size());
    resources.add(resource);
  }

  /** The number of a resource type that was defined. */
  int number(ResourceType type) {
    Integer number = numbers.get(type.id());
    if (number == null) {
      throw new IllegalStateException("a resource type that nobody defines: " + type);
    }
    return number;
  }

  List<Bridge> functions() {
    return functions;
  }

  List<Resource> resources() {
    return resources;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.FunctionType;

/**
 * The type section of a rewritten module: its own types, or those that all modules of a component
 * share; behind them, with accounts, what functions of each of these types get; and behind them
 * what bodies need for their blocks.
 *
 * <p>Modules that reach each other's functions through a table share their types: then a type has
 * one index in all of them, and an indirect call is right also on an engine that compares indices
 * where it should compare types.
 */
final class TypeTable {
  private final List<FunctionType> types;
  private final Map<FunctionType, Integer> places = new HashMap<>();
  private final int[] moved;
  private final int[] functionTypes;
  private final boolean shared;

  /** {@code common}: the shared types, each once, or none. */
  TypeTable(CoreModule module, List<FunctionType> common, Metering metering) {
    this.shared = !common.isEmpty();
    this.types = new ArrayList<>(shared ? common : module.types());
    for (int i = 0; i < types.size(); i++) {
      places.putIfAbsent(types.get(i), i);
    }
    this.moved = new int[module.types().size()];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = shared ? known(module.types().get(i)) : i;
    }
    this.functionTypes = new int[types.size()];
    for (int i = 0; i < functionTypes.length; i++) {
      functionTypes[i] = metering == Metering.ON ? need(Convention.typeOf(types.get(i))) : i;
    }
  }

  private int known(FunctionType type) {
    Integer place = places.get(type);
    if (place == null) {
      throw new IllegalArgumentException("not among the shared types: " + type);
    }
    return place;
  }

  /** Whether indices differ from the guest's. */
  boolean isShared() {
    return shared;
  }

  /** The index that a type of the guest has here. */
  int of(int index) {
    return moved[index];
  }

  /** The index of what functions of a type of the guest get as their type. */
  int ofFunctions(int index) {
    return functionTypes[moved[index]];
  }

  /** The index of a type, which is appended when there is none. */
  int need(FunctionType type) {
    Integer place = places.get(type);
    if (place == null) {
      place = types.size();
      places.put(type, place);
      types.add(type);
    }
    return place;
  }

  List<FunctionType> all() {
    return types;
  }
}

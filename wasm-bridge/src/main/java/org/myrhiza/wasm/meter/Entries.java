// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.core.ModuleExport;
import org.myrhiza.wasm.core.ValueType;

/**
 * Functions by which the outside comes in: they have the guest's types, take both accounts from the
 * globals, call, put them back, and trap where the fuel is below zero. One for each function of the
 * module that is exported, in the order of the exports, and one for the start function where it has
 * none yet. They come behind the thunks and cost nothing.
 */
final class Entries {
  private final CoreModule module;
  private final Thunks thunks;
  private final int[] places;
  private final List<Integer> targets = new ArrayList<>();

  /** Those that a module needs. */
  static Entries of(CoreModule module, Thunks thunks) {
    Entries entries = new Entries(module, thunks);
    for (ModuleExport export : module.exports()) {
      if (export.type() instanceof ExternType.Function
          && export.index() >= module.importedFunctions()) {
        entries.want(export.index());
      }
    }
    if (module.start() >= 0) {
      entries.want(module.start());
    }
    return entries;
  }

  /** None, where there are no accounts. */
  static Entries none(CoreModule module, Thunks thunks) {
    return new Entries(module, thunks);
  }

  private Entries(CoreModule module, Thunks thunks) {
    this.module = module;
    this.thunks = thunks;
    this.places = new int[module.functionCount()];
  }

  private void want(int function) {
    if (places[function] == 0) {
      places[function] = module.functionCount() + thunks.count() + targets.size();
      targets.add(function);
    }
  }

  int count() {
    return targets.size();
  }

  /** The guest's function behind an entry. */
  int target(int entry) {
    return targets.get(entry);
  }

  /** What an entry calls: the function, or the thunk of an imported one. */
  int callee(int entry) {
    int target = targets.get(entry);
    return target < module.importedFunctions() ? thunks.of(target) : target;
  }

  /** The function that the outside gets for one of the guest's. */
  int of(int function) {
    return places[function] == 0 ? function : places[function];
  }

  /** The body of an entry, without its size. */
  ByteWriter body(int entry) {
    FunctionType type = module.functionType(targets.get(entry));
    int params = type.params().size();
    boolean packed = Convention.of(type.results()) == Convention.PACKED;
    ByteWriter out = new ByteWriter().u32(packed ? 2 : 1).u32(2).u8(ValueType.I32.code());
    if (packed) {
      out.u32(1).u8(ValueType.I64.code());
    }
    for (int i = 0; i < params; i++) {
      out.u8(Instructions.LOCAL_GET).u32(i);
    }
    Code code = new Code(params);
    code.enter(callee(entry), params);
    code.leaveFromOutside(Convention.of(type.results()), params + 2, params);
    return out.append(code.bytes());
  }
}

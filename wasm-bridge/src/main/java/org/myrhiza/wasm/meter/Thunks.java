// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.core.ConstantExpression;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.ElementSegment;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.GlobalDefinition;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.core.ModuleExport;

/**
 * Functions that stand for imported ones where a reference to them is taken (in tables, and as the
 * start function), so that an indirect call of an import pays like a direct one. They come after
 * the module's own functions, in the order of the imports.
 */
final class Thunks {
  private final CoreModule module;
  private final int[] places;
  private final int[] targets;
  private final int count;

  /** Those that a module needs. */
  static Thunks of(CoreModule module) {
    return new Thunks(module, wanted(module));
  }

  /** None, where imports pay nothing. */
  static Thunks none(CoreModule module) {
    return new Thunks(module, new boolean[0]);
  }

  private Thunks(CoreModule module, boolean[] wanted) {
    this.module = module;
    this.places = new int[wanted.length];
    this.targets = new int[wanted.length];
    int found = 0;
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        places[i] = module.functionCount() + found;
        targets[found++] = i;
      }
    }
    this.count = found;
  }

  private static boolean[] wanted(CoreModule module) {
    boolean[] wanted = new boolean[module.importedFunctions()];
    for (ElementSegment segment : module.elements()) {
      for (int i = 0; i < segment.size(); i++) {
        want(wanted, segment.item(i));
      }
    }
    want(wanted, module.start());
    if (module.featureSet() == FeatureSet.BRIDGE) {
      wantReferences(module, wanted);
    }
    return wanted;
  }

  /** Where references are values, all that {@code ref.func} may name. */
  private static void wantReferences(CoreModule module, boolean[] wanted) {
    for (ModuleExport export : module.exports()) {
      if (export.type() instanceof ExternType.Function) {
        want(wanted, export.index());
      }
    }
    for (GlobalDefinition global : module.globalDefinitions()) {
      if (global.initial().kind() == ConstantExpression.Kind.FUNCTION) {
        want(wanted, (int) global.initial().bits());
      }
    }
  }

  private static void want(boolean[] wanted, int function) {
    if (function >= 0 && function < wanted.length) {
      wanted[function] = true;
    }
  }

  int count() {
    return count;
  }

  /** The imported function behind a thunk. */
  int target(int thunk) {
    return targets[thunk];
  }

  /** The index of the thunk of an imported function that has one. */
  int of(int function) {
    return places[function];
  }

  /** Guest code that calls the import with the thunk's parameters. */
  byte[] body(int target) {
    ByteWriter out = new ByteWriter();
    int params = module.functionType(target).params().size();
    for (int i = 0; i < params; i++) {
      out.u8(Instructions.LOCAL_GET).u32(i);
    }
    return out.u8(Instructions.CALL).u32(target).u8(Instructions.END).toByteArray();
  }

  int operandHeight(int target) {
    var type = module.functionType(target);
    return Math.max(type.params().size(), type.results().size());
  }
}

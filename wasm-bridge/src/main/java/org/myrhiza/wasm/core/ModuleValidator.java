// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.List;
import org.myrhiza.wasm.binary.WasmException;

/** Checks what the decoder left open (core specification, section 3.4). */
final class ModuleValidator {
  private final ModuleParts parts;
  private final FeatureSet set;

  private ModuleValidator(ModuleParts parts, FeatureSet set) {
    this.parts = parts;
    this.set = set;
  }

  /** Validates and returns the greatest operand height of each body. */
  static int[] validate(ModuleParts parts, FeatureSet set) throws WasmException {
    ModuleValidator validator = new ModuleValidator(parts, set);
    validator.checkGlobals();
    validator.checkStart();
    validator.checkSegments();
    return validator.checkBodies();
  }

  private void checkGlobals() throws WasmException {
    for (GlobalDefinition global : parts.globalDefinitions) {
      ConstantExpression initial = global.initial();
      ConstantTypes.expect(
          global.type().type(), ConstantTypes.of(initial, parts), initial.offset());
    }
  }

  private void checkStart() throws WasmException {
    if (parts.start < 0) {
      return;
    }
    FunctionType type = parts.types.get(parts.functionTypes.get(parts.start));
    if (!type.params().isEmpty() || !type.results().isEmpty()) {
      throw WasmException.invalid(
          parts.startOffset, "type of the start function", type.toString(), "nothing to nothing");
    }
  }

  private void checkSegments() throws WasmException {
    for (ElementSegment segment : parts.elements) {
      if (segment.placement() instanceof Placement.Active(int target, ConstantExpression at)) {
        ValueType element = parts.tables.get(target).element();
        if (element != segment.type()) {
          throw WasmException.invalid(
              segment.offset(), "elements", segment.type().text(), element.text());
        }
        ConstantTypes.expect(ValueType.I32, ConstantTypes.of(at, parts), at.offset());
      }
    }
    for (DataSegment segment : parts.data) {
      if (segment.placement() instanceof Placement.Active(int target, ConstantExpression at)) {
        ConstantTypes.expect(ValueType.I32, ConstantTypes.of(at, parts), at.offset());
      }
    }
  }

  private int[] checkBodies() throws WasmException {
    FunctionValidator validator = new FunctionValidator(parts, set, declaredFunctions());
    int[] heights = new int[parts.bodies.size()];
    for (int i = 0; i < heights.length; i++) {
      int type = parts.functionTypes.get(parts.importedFunctions + i);
      heights[i] = validator.validate(parts.bodies.get(i), type);
    }
    return heights;
  }

  /** The functions that {@code ref.func} may name: those named outside of bodies. */
  private boolean[] declaredFunctions() {
    boolean[] declared = new boolean[parts.functionTypes.size()];
    for (ModuleExport export : parts.exports) {
      if (export.type() instanceof ExternType.Function) {
        declared[export.index()] = true;
      }
    }
    List<ElementSegment> elements = parts.elements;
    for (ElementSegment segment : elements) {
      for (int i = 0; i < segment.size(); i++) {
        if (segment.item(i) >= 0) {
          declared[segment.item(i)] = true;
        }
      }
    }
    for (GlobalDefinition global : parts.globalDefinitions) {
      if (global.initial().kind() == ConstantExpression.Kind.FUNCTION) {
        declared[(int) global.initial().bits()] = true;
      }
    }
    return declared;
  }
}

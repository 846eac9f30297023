// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import org.myrhiza.wasm.binary.WasmException;

/** Types of constant expressions. */
final class ConstantTypes {
  private ConstantTypes() {}

  static ValueType of(ConstantExpression constant, ModuleParts parts) throws WasmException {
    return switch (constant.kind()) {
      case I32 -> ValueType.I32;
      case I64 -> ValueType.I64;
      case F32 -> ValueType.F32;
      case F64 -> ValueType.F64;
      case GLOBAL -> global(constant, parts).type();
      case NULL -> ofReference(constant);
      case FUNCTION -> {
        function(constant, parts);
        yield ValueType.FUNCREF;
      }
    };
  }

  static ValueType ofReference(ConstantExpression constant) {
    return constant.bits() == ValueType.FUNCREF.code() ? ValueType.FUNCREF : ValueType.EXTERNREF;
  }

  static void expect(ValueType wanted, ValueType seen, int offset) throws WasmException {
    if (wanted != seen) {
      throw WasmException.invalid(offset, "constant expression", seen.text(), wanted.text());
    }
  }

  /** The function that a constant names, checked. */
  static int function(ConstantExpression constant, ModuleParts parts) throws WasmException {
    int size = parts.functionTypes.size();
    if (constant.bits() >= size) {
      throw WasmException.invalid(
          constant.offset(), "function index", Long.toString(constant.bits()), "below " + size);
    }
    return (int) constant.bits();
  }

  /** The type of the global that a constant reads: imported and immutable. */
  static ExternType.Global global(ConstantExpression constant, ModuleParts parts)
      throws WasmException {
    int imported = parts.globals.size() - parts.globalDefinitions.size();
    if (constant.bits() >= imported) {
      throw WasmException.invalid(
          constant.offset(),
          "global of a constant expression",
          Long.toString(constant.bits()),
          "one of the " + imported + " imported globals");
    }
    ExternType.Global type = parts.globals.get((int) constant.bits());
    if (type.mutable()) {
      throw WasmException.invalid(
          constant.offset(), "global of a constant expression", "mutable", "immutable");
    }
    return type;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import org.myrhiza.wasm.binary.WasmException;

/** Which instructions and imports a feature set leaves out, although the bridge knows them. */
final class Policy {
  private Policy() {}

  /** What is allowed instead, for messages. */
  static String allowed(FeatureSet set) {
    return switch (set) {
      case BRIDGE -> "what the bridge has";
      case INTERACTIVE -> "the interactive set";
      case DETERMINISTIC -> "the deterministic set";
    };
  }

  static void checkInstruction(int code, int offset, FeatureSet set) throws WasmException {
    if (!set.allowsFloats() && Instructions.isFloat(code)) {
      throw refuse("floats", code, offset, set);
    }
    if (set.allowsUnimagedState()) {
      return;
    }
    switch (code) {
      case Instructions.TABLE_SET,
          Instructions.TABLE_GROW,
          Instructions.TABLE_FILL,
          Instructions.TABLE_COPY,
          Instructions.TABLE_INIT ->
          throw refuse("changes of a table", code, offset, set);
      case Instructions.DATA_DROP, Instructions.ELEM_DROP ->
          throw refuse("dropped segments", code, offset, set);
      case Instructions.TABLE_GET,
          Instructions.REF_NULL,
          Instructions.REF_FUNC,
          Instructions.REF_IS_NULL ->
          throw refuse("reference values", code, offset, set);
      default -> {}
    }
  }

  /** Constant expressions may hold references: they only fill tables and immutable globals. */
  static void checkConstant(int code, int offset, FeatureSet set) throws WasmException {
    boolean isFloat = code == Instructions.F32_CONST || code == Instructions.F64_CONST;
    if (isFloat && !set.allowsFloats()) {
      throw refuse("floats", code, offset, set);
    }
  }

  /** Chicory takes an import without any name for a malformed one; V8 does not. */
  static void checkImportNames(String module, String name, int offset, FeatureSet set)
      throws WasmException {
    if (set != FeatureSet.BRIDGE && module.isEmpty() && name.isEmpty()) {
      throw WasmException.refused(offset, "names of an import", "both empty", allowed(set));
    }
  }

  static void checkImportedGlobal(ExternType.Global type, int offset, FeatureSet set)
      throws WasmException {
    if (type.mutable() && !set.allowsUnimagedState()) {
      throw WasmException.refused(
          offset, "imported mutable globals", "mut " + type.type().text(), allowed(set));
    }
  }

  private static WasmException refuse(String what, int code, int offset, FeatureSet set) {
    return WasmException.refused(offset, what, Instructions.name(code), allowed(set));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A decoded and validated core module. Immutable; only {@link CoreModules} makes one.
 *
 * <p>Index spaces hold imports first, then what the module defines.
 */
public final class CoreModule {
  private final ModuleParts parts;
  private final int[] operandHeights;
  private final FeatureSet set;

  CoreModule(ModuleParts parts, int[] operandHeights, FeatureSet set) {
    this.parts = parts;
    this.operandHeights = operandHeights;
    this.set = set;
  }

  /** The set that the module was checked against. */
  public FeatureSet featureSet() {
    return set;
  }

  /**
   * The array that the module was read from, to be left unchanged. The module may be a part of it:
   * see {@link #from} and {@link #to}.
   */
  public byte[] array() {
    return parts.array;
  }

  /** The offset of the module's first byte. */
  public int from() {
    return parts.from;
  }

  /** The offset after the module's last byte. */
  public int to() {
    return parts.to;
  }

  /** The types, in order. */
  public List<FunctionType> types() {
    return Collections.unmodifiableList(parts.types);
  }

  /** The imports, in order. */
  public List<ModuleImport> imports() {
    return Collections.unmodifiableList(parts.imports);
  }

  /** The exports, in order. */
  public List<ModuleExport> exports() {
    return Collections.unmodifiableList(parts.exports);
  }

  /**
   * The export of a name.
   *
   * @param name the name
   */
  public Optional<ModuleExport> export(String name) {
    for (ModuleExport export : parts.exports) {
      if (export.name().equals(name)) {
        return Optional.of(export);
      }
    }
    return Optional.empty();
  }

  /** How many functions there are, imported ones included. */
  public int functionCount() {
    return parts.functionTypes.size();
  }

  /** How many functions are imported. */
  public int importedFunctions() {
    return parts.importedFunctions;
  }

  /** The index of a function's type. */
  public int functionTypeIndex(int function) {
    return parts.functionTypes.get(function);
  }

  /** The type of a function. */
  public FunctionType functionType(int function) {
    return parts.types.get(functionTypeIndex(function));
  }

  /** The tables, imported ones first. */
  public List<ExternType.Table> tables() {
    return Collections.unmodifiableList(parts.tables);
  }

  /** How many tables are imported. */
  public int importedTables() {
    return parts.importedTables;
  }

  /** The memories, imported ones first; more than one in the bridge set only. */
  public List<ExternType.Memory> memories() {
    return Collections.unmodifiableList(parts.memories);
  }

  /** How many memories are imported. */
  public int importedMemories() {
    return parts.importedMemories;
  }

  /** The types of the globals, imported ones first. */
  public List<ExternType.Global> globals() {
    return Collections.unmodifiableList(parts.globals);
  }

  /** The globals that the module makes. */
  public List<GlobalDefinition> globalDefinitions() {
    return Collections.unmodifiableList(parts.globalDefinitions);
  }

  /** How many globals are imported. */
  public int importedGlobals() {
    return parts.globals.size() - parts.globalDefinitions.size();
  }

  /** The indices of the tags' types, imported ones first. */
  public List<Integer> tagTypes() {
    return Collections.unmodifiableList(parts.tagTypes);
  }

  /** How many tags are imported. */
  public int importedTags() {
    return parts.importedTags;
  }

  /** The offset at which exceptions are first used, or -1. */
  public int exceptionsAt() {
    return parts.exceptionsAt;
  }

  /** The start function's index, or -1. */
  public int start() {
    return parts.start;
  }

  /** The element segments. */
  public List<ElementSegment> elements() {
    return Collections.unmodifiableList(parts.elements);
  }

  /** The data segments. */
  public List<DataSegment> data() {
    return Collections.unmodifiableList(parts.data);
  }

  /** Whether the module says how many data segments it has. */
  public boolean hasDataCount() {
    return parts.dataCount >= 0;
  }

  /** The bodies of the functions that the module makes. */
  public List<FunctionBody> bodies() {
    return Collections.unmodifiableList(parts.bodies);
  }

  /**
   * The most operands that are on the stack at once in a body, as the validator counts them, code
   * that cannot be reached included.
   *
   * @param body the index in {@link #bodies}
   */
  public int operandHeight(int body) {
    return operandHeights[body];
  }
}

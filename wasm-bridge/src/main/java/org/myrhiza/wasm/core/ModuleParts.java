// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.ArrayList;
import java.util.List;

/** What the decoder has read so far; becomes a {@link CoreModule} once it is validated. */
final class ModuleParts {
  final byte[] array;
  final int from;
  final int to;
  final List<FunctionType> types = new ArrayList<>();
  final List<ModuleImport> imports = new ArrayList<>();
  final List<ModuleExport> exports = new ArrayList<>();
  final List<Integer> functionTypes = new ArrayList<>();
  final List<ExternType.Table> tables = new ArrayList<>();
  final List<ExternType.Memory> memories = new ArrayList<>();
  final List<ExternType.Global> globals = new ArrayList<>();
  final List<Integer> tagTypes = new ArrayList<>();
  final List<GlobalDefinition> globalDefinitions = new ArrayList<>();
  final List<ElementSegment> elements = new ArrayList<>();
  final List<DataSegment> data = new ArrayList<>();
  final List<FunctionBody> bodies = new ArrayList<>();
  int importedFunctions;
  int importedTables;
  int importedMemories;
  int importedTags;

  /** Where exceptions are first used, or -1. */
  int exceptionsAt = -1;

  int start = -1;
  int startOffset;
  int dataCount = -1;

  void useExceptions(int offset) {
    if (exceptionsAt < 0) {
      exceptionsAt = offset;
    }
  }

  ModuleParts(byte[] array, int from, int to) {
    this.array = array;
    this.from = from;
    this.to = to;
  }
}

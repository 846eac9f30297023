// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.CanonicalOptions;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.ValueKind;

/** Canonical options with their indices looked up and their types checked. */
record OptionItems(
    @Nullable CoreItem memory, @Nullable CoreItem realloc, @Nullable CoreItem postReturn) {
  private static final CoreSignature REALLOC =
      new CoreSignature(
          List.of(ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32),
          List.of(ValueKind.I32));

  static OptionItems of(Scope scope, CanonicalOptions options, int offset) throws WasmException {
    CoreItem memory = item(scope.coreMemories, "core memory", options.memory(), offset);
    CoreItem realloc = item(scope.coreFunctions, "core function", options.realloc(), offset);
    CoreItem post = item(scope.coreFunctions, "core function", options.postReturn(), offset);
    if (memory != null && !(memory.type() instanceof ExternType.Memory)) {
      throw WasmException.invalid(offset, "memory option", "no memory", "a memory");
    }
    if (realloc != null) {
      Matching.requireCore("of a realloc", realloc.type(), CoreTypes.function(REALLOC), offset);
    }
    return new OptionItems(memory, realloc, post);
  }

  private static @Nullable CoreItem item(List<CoreItem> space, String what, int index, int offset)
      throws WasmException {
    return index == CanonicalOptions.NONE ? null : Scope.at(space, what, index, offset);
  }

  void require(boolean needsMemory, boolean needsRealloc, int offset) throws WasmException {
    if (needsMemory && memory == null) {
      throw WasmException.invalid(offset, "canonical options", "no memory", "a memory");
    }
    if (needsRealloc && realloc == null) {
      throw WasmException.invalid(offset, "canonical options", "no realloc", "a realloc");
    }
  }
}

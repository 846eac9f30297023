// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import org.myrhiza.wasm.binary.WasmResult;

/** The door from bytes to validated core modules. */
public final class CoreModules {
  private CoreModules() {}

  /**
   * Decodes and validates a module.
   *
   * @param bytes the module, not copied: it must not change as long as the result is in use
   * @param set which features and limits
   */
  public static WasmResult<CoreModule> decode(byte[] bytes, FeatureSet set) {
    return decode(bytes, 0, bytes.length, set);
  }

  /**
   * Decodes and validates a module that lies inside something larger. Offsets in errors are
   * positions in the whole array.
   *
   * @param array where it lies, not copied: it must not change as long as the result is in use
   * @param from the offset of its first byte
   * @param to the offset after its last byte
   * @param set which features and limits
   */
  public static WasmResult<CoreModule> decode(byte[] array, int from, int to, FeatureSet set) {
    return WasmResult.of(() -> {
      ModuleParts parts = ModuleDecoder.decode(array, from, to, set);
      int[] heights = ModuleValidator.validate(parts, set);
      return new CoreModule(parts, heights, set);
    });
  }

  /**
   * Decodes a module that is known to be valid, such as one that was rewritten here, and does not
   * validate it again. The operand heights of its bodies are not known.
   *
   * @param bytes the module, not copied: it must not change as long as the result is in use
   */
  public static WasmResult<CoreModule> decodeValid(byte[] bytes) {
    return WasmResult.of(() -> {
      ModuleParts parts = ModuleDecoder.decode(bytes, 0, bytes.length, FeatureSet.BRIDGE);
      return new CoreModule(parts, new int[0], FeatureSet.BRIDGE);
    });
  }
}

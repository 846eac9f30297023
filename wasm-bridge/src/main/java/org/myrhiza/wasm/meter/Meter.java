// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import java.util.List;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.CoreFeature;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.ModuleExport;
import org.myrhiza.wasm.core.ModuleImport;

/**
 * Rewrites core modules so that they keep the accounts of {@link Accounts}. The same module and set
 * give the same bytes, always and everywhere.
 */
public final class Meter {
  private Meter() {}

  /**
   * Decodes, validates and rewrites a module.
   *
   * @param module the module's bytes, not copied: not to be changed while the result is in use
   * @param set which features and limits
   */
  public static WasmResult<Rewritten> rewrite(byte[] module, FeatureSet set) {
    return WasmResult.of(
        () -> rewriteOrThrow(CoreModules.decode(module, set).orThrow(), List.of(), Metering.ON));
  }

  /**
   * Rewrites a module under the set that it was validated with.
   *
   * @param module the module
   */
  public static WasmResult<Rewritten> rewrite(CoreModule module) {
    return rewrite(module, List.of(), Metering.ON);
  }

  /**
   * Rewrites one of several modules that reach each other's functions through tables.
   *
   * @param module the module
   * @param sharedTypes the types of all of them, each once, in one order; none when they share no
   *     table
   * @param metering whether the accounts are kept
   */
  public static WasmResult<Rewritten> rewrite(
      CoreModule module, List<FunctionType> sharedTypes, Metering metering) {
    return WasmResult.of(() -> rewriteOrThrow(module, sharedTypes, metering));
  }

  private static Rewritten rewriteOrThrow(
      CoreModule module, List<FunctionType> sharedTypes, Metering metering) throws WasmException {
    for (ModuleImport each : module.imports()) {
      checkName("module name of an import", each.module(), each.offset());
      checkName("name of an import", each.name(), each.offset());
    }
    for (ModuleExport each : module.exports()) {
      checkName("name of an export", each.name(), each.offset());
    }
    if (metering == Metering.ON && module.exceptionsAt() >= 0) {
      throw CoreFeature.EXCEPTIONS.at(module.exceptionsAt());
    }
    return new ModuleRewriter(module, sharedTypes, metering).rewrite();
  }

  private static void checkName(String what, String name, int offset) throws WasmException {
    if (name.startsWith(Accounts.RESERVED_PREFIX)) {
      throw WasmException.refused(
          offset, what, name, "names that do not begin with " + Accounts.RESERVED_PREFIX);
    }
  }
}

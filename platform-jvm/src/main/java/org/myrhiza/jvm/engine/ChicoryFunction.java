// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import org.myrhiza.wasm.engine.CoreFunction;

/** A core function that Chicory can import. */
sealed interface ChicoryFunction extends CoreFunction permits ChicoryExport, ChicoryHostFunction {
  /** Its type. */
  FunctionType type();

  /** What runs when an instance that imports it calls it. */
  WasmFunctionHandle handle();
}

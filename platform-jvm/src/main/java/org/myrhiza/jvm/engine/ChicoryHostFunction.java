// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.HostSignal;

/** Host code as a core function. */
final class ChicoryHostFunction implements ChicoryFunction {
  private static final long[] NONE = new long[0];

  private final FunctionType type;
  private final HostFunction body;
  private final int results;

  ChicoryHostFunction(FunctionType type, HostFunction body) {
    this.type = type;
    this.body = body;
    this.results = type.returns().size();
  }

  @Override
  public FunctionType type() {
    return type;
  }

  @Override
  public WasmFunctionHandle handle() {
    return (instance, arguments) -> {
      long[] out = results == 0 ? NONE : new long[results];
      if (body.call(arguments, out) == HostSignal.ABORT) {
        throw new AbortSignal();
      }
      return out;
    };
  }

  @Override
  public CallOutcome call(long[] arguments, long[] out) {
    return body.call(arguments, out) == HostSignal.ABORT
        ? CallOutcome.ABORTED
        : CallOutcome.RETURNED;
  }
}

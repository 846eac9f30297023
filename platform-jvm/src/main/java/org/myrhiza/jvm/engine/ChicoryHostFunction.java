// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.HostSignal;
import org.myrhiza.wasm.engine.Slots;

/** Host code as a core function. */
final class ChicoryHostFunction implements ChicoryFunction {
  private static final long[] NONE = new long[0];

  private final FunctionType type;
  private final HostFunction body;
  private final Slots arguments;
  private final Slots results;

  ChicoryHostFunction(FunctionType type, CoreSignature signature, HostFunction body) {
    this.type = type;
    this.body = body;
    this.arguments = Slots.of(signature.params());
    this.results = Slots.of(signature.results());
  }

  @Override
  public FunctionType type() {
    return type;
  }

  @Override
  public WasmFunctionHandle handle() {
    return (instance, given) -> {
      for (int i = 0; i < arguments.size(); i++) {
        arguments.setLong(i, given[i]);
      }
      if (body.call(arguments, results) == HostSignal.ABORT) {
        throw new AbortSignal();
      }
      if (results.size() == 0) {
        return NONE;
      }
      long[] out = new long[results.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = results.getLong(i);
      }
      return out;
    };
  }

  @Override
  public CallOutcome call(Slots from, Slots into) {
    return body.call(from, into) == HostSignal.ABORT ? CallOutcome.ABORTED : CallOutcome.RETURNED;
  }
}

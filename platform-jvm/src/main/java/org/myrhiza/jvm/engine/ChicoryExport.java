// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.FunctionType;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.Slots;

/** A function that an instance exports. */
final class ChicoryExport implements ChicoryFunction {
  private final FunctionType type;
  private final Machine machine;
  private final int index;
  private final int parameters;
  private final int results;

  ChicoryExport(Instance instance, int index) {
    this.type = instance.type(instance.functionType(index));
    this.machine = instance.getMachine();
    this.index = index;
    this.parameters = type.params().size();
    this.results = type.returns().size();
  }

  @Override
  public FunctionType type() {
    return type;
  }

  @Override
  public WasmFunctionHandle handle() {
    return (instance, arguments) -> machine.call(index, arguments);
  }

  @Override
  public CallOutcome call(Slots arguments, Slots into) {
    long[] exact = new long[parameters];
    for (int i = 0; i < parameters; i++) {
      exact[i] = arguments.getLong(i);
    }
    try {
      long[] out = machine.call(index, exact);
      for (int i = 0; i < results; i++) {
        into.setLong(i, out[i]);
      }
      return CallOutcome.RETURNED;
    } catch (AbortSignal aborted) {
      return CallOutcome.ABORTED;
    } catch (WasmException uncaught) {
      return CallOutcome.TRAPPED;
    } catch (ChicoryException e) {
      return Failures.outcome(e);
    } catch (StackOverflowError e) {
      return CallOutcome.EXHAUSTED;
    } catch (RuntimeException | OutOfMemoryError e) {
      return Failures.failed(e);
    }
  }
}

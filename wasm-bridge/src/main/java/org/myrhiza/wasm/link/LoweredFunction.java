// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Handles;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.abi.Layouts;
import org.myrhiza.wasm.abi.Lift;
import org.myrhiza.wasm.abi.Lower;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.HostSignal;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.value.Value;

/** A component function as the guest's core code sees it ({@code canon lower}). */
final class LoweredFunction implements HostFunction {
  private final Layout.Group params;
  private final @Nullable Layout result;
  private final boolean spilled;
  private final int resultAddressSlot;
  private final boolean lends;
  private final ComponentState caller;
  private final Crossing crossing;
  private final Lift lift;
  private final Lower lower;
  private final Target target;
  private final Account account;

  /** What is called: the host, or a function of another component instance. */
  @FunctionalInterface
  interface Target {
    /** Runs; after the account has ended, the answer does not count. */
    @Nullable Value run(Value[] arguments, Handles.@Nullable CallScope scope) throws AbiStop;
  }

  /** The side that calls. */
  record Caller(ComponentState state, Crossing crossing) {}

  LoweredFunction(
      FunctionType type, Layouts layouts, Caller caller, Target target, Account account) {
    List<ValueType> types = type.params().stream().map(ValueType.Field::type).toList();
    this.params = layouts.group(types);
    this.result = type.result() == null ? null : layouts.of(type.result());
    this.spilled = result != null && result.flatCount() > Flatten.MAX_RESULTS;
    this.resultAddressSlot = params.flatCount() > Flatten.MAX_PARAMS ? 1 : params.flatCount();
    this.lends = lends(type);
    this.caller = caller.state();
    this.crossing = caller.crossing();
    this.lift = new Lift(crossing);
    this.lower = new Lower(crossing);
    this.target = target;
    this.account = account;
  }

  /** Whether calls of the type lend anything. */
  static boolean lends(FunctionType type) {
    return type.params().stream().anyMatch(p -> holdsBorrows(p.type()));
  }

  private static boolean holdsBorrows(ValueType type) {
    return type instanceof ValueType.BorrowOf
        || type.parts().stream().anyMatch(LoweredFunction::holdsBorrows);
  }

  @Override
  public HostSignal call(Slots arguments, Slots results) {
    if (!account.allowsImports() || !caller.mayLeave()) {
      account.end(new CallResult.Trapped(TrapKind.FORBIDDEN_IMPORT));
      return HostSignal.ABORT;
    }
    try {
      Handles.CallScope scope = lends ? new Handles.CallScope() : null;
      int resultAddress = spilled ? arguments.getInt(resultAddressSlot) : 0;
      Value value = target.run(lifted(arguments, scope), scope);
      if (account.hasEnded()) {
        return HostSignal.ABORT;
      }
      lower(value, resultAddress, results);
      account.fuel().release();
      return HostSignal.RETURN;
    } catch (AbiStop stop) {
      account.end(stop);
      return HostSignal.ABORT;
    }
  }

  private Value[] lifted(Slots arguments, Handles.@Nullable CallScope scope) throws AbiStop {
    crossing.begin(scope);
    return lift.parameters(params, arguments);
  }

  private void lower(@Nullable Value value, int resultAddress, Slots results) throws AbiStop {
    if (result == null) {
      return;
    }
    if (value == null) {
      throw AbiStop.bug("a function gave no result");
    }
    caller.setMayLeave(false);
    crossing.begin(null);
    lower.result(result, value, results, resultAddress);
    caller.setMayLeave(true);
  }
}

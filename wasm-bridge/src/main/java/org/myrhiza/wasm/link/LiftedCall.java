// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Fuel;
import org.myrhiza.wasm.abi.Handles;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.abi.Layouts;
import org.myrhiza.wasm.abi.Lift;
import org.myrhiza.wasm.abi.Lower;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.value.Value;

/** A lifted function of one instance ({@code canon lift}), with all that calling it needs. */
final class LiftedCall {
  private final Layout.Group params;
  private final @Nullable Layout result;
  private final CoreFunction core;
  private final @Nullable CoreFunction postReturn;
  private final boolean lends;
  private final ComponentState state;
  private final Crossing crossing;
  private final Lift lift;
  private final Lower lower;
  private final Fuel fuel;
  private final Slots flat;
  private final Slots flatResult;

  LiftedCall(Entity.Lifted lifted, Layouts layouts, Instance instance) {
    ValueType resultType = lifted.type().result();
    CoreItem post = lifted.options().postReturn();
    this.params =
        layouts.group(lifted.type().params().stream().map(ValueType.Field::type).toList());
    this.result = resultType == null ? null : layouts.of(resultType);
    this.lends = LoweredFunction.lends(lifted.type());
    this.core = instance.function(lifted.core());
    this.postReturn = post == null ? null : instance.function(post);
    this.state = instance.state(lifted.instance());
    CoreSignature signature = Flatten.lifted(lifted.type());
    this.flat = Slots.of(signature.params());
    this.flatResult = Slots.of(signature.results());
    this.fuel = instance.fuel();
    this.crossing = instance.crossing(lifted.options(), state);
    this.lift = new Lift(crossing);
    this.lower = new Lower(crossing);
  }

  ComponentState state() {
    return state;
  }

  /** What a call from outside borrows; null where no borrow crosses. */
  Handles.@Nullable CallScope newScope() {
    return lends ? new Handles.CallScope() : null;
  }

  /**
   * Calls.
   *
   * @param arguments one for each parameter
   * @param scope what the call borrows and lends; null where types hold no handles
   * @return the result, or null for a function without one
   */
  @Nullable Value run(Value[] arguments, Handles.@Nullable CallScope scope) throws AbiStop {
    state.setMayLeave(false);
    lower(arguments, scope);
    state.setMayLeave(true);
    requireReturned(core, flat, flatResult);
    Value value = lifted(scope);
    if (postReturn != null) {
      state.setMayLeave(false);
      requireReturned(postReturn, flatResult, Slots.NONE);
      state.setMayLeave(true);
    }
    if (scope != null) {
      scope.end();
    }
    return value;
  }

  private void requireReturned(CoreFunction function, Slots arguments, Slots results)
      throws AbiStop {
    fuel.release();
    CallOutcome outcome = function.call(arguments, results);
    if (!(outcome instanceof CallOutcome.Returned)) {
      throw AbiStop.guest(outcome);
    }
  }

  private void lower(Value[] arguments, Handles.@Nullable CallScope scope) throws AbiStop {
    crossing.begin(scope);
    lower.parameters(params, arguments, flat);
  }

  private @Nullable Value lifted(Handles.@Nullable CallScope scope) throws AbiStop {
    if (result == null) {
      return null;
    }
    crossing.begin(scope);
    return lift.result(result, flatResult);
  }
}

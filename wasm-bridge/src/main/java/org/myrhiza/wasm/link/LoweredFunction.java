// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.abi.Lift;
import org.myrhiza.wasm.abi.Lower;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.HostSignal;
import org.myrhiza.wasm.value.Value;

/** A host function as the guest's core code sees it ({@code canon lower}). */
final class LoweredFunction implements HostFunction {
  private final Layout.Group params;
  private final @Nullable Layout result;
  private final int resultAddressSlot;
  private final Crossing crossing;
  private final Lift lift;
  private final Lower lower;
  private final HostBody body;
  private final Account account;

  LoweredFunction(FunctionType type, Crossing crossing, HostBody body, Account account) {
    List<ValueType> types = type.params().stream().map(ValueType.Field::type).toList();
    this.params = Layout.group(types);
    this.result = type.result() == null ? null : Layout.of(type.result());
    this.resultAddressSlot = params.flatCount() > Flatten.MAX_PARAMS ? 1 : params.flatCount();
    this.crossing = crossing;
    this.lift = new Lift(crossing);
    this.lower = new Lower(crossing);
    this.body = body;
    this.account = account;
  }

  @Override
  public HostSignal call(long[] arguments, long[] results) {
    if (!account.mayLeave()) {
      account.end(new CallResult.Trapped(TrapKind.FORBIDDEN_IMPORT));
      return HostSignal.ABORT;
    }
    try {
      Value value = body.run(lifted(arguments), account);
      if (account.hasEnded()) {
        return HostSignal.ABORT;
      }
      lower(value, arguments, results);
      return HostSignal.RETURN;
    } catch (AbiStop stop) {
      account.end(stop);
      return HostSignal.ABORT;
    }
  }

  private Value[] lifted(long[] arguments) throws AbiStop {
    crossing.begin();
    try {
      return lift.parameters(params, arguments);
    } finally {
      crossing.end();
    }
  }

  private void lower(@Nullable Value value, long[] arguments, long[] results) throws AbiStop {
    if (result == null) {
      return;
    }
    if (value == null) {
      throw AbiStop.bug("a host function gave no result");
    }
    boolean spilled = result.flatCount() > Flatten.MAX_RESULTS;
    account.setMayLeave(false);
    crossing.begin();
    try {
      lower.result(result, value, results, spilled ? (int) arguments[resultAddressSlot] : 0);
    } finally {
      crossing.end();
    }
    account.setMayLeave(true);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.link.TrapKind;
import org.myrhiza.wasm.value.Value;

/**
 * The bridge as scripts see it. The only class, beside {@link BridgeValues}, that knows how the
 * bridge is called.
 */
public final class BridgeHost implements WastHost {
  /** Fuel for one call: a hundred times the greatest budget of an apply. */
  private static final long CALL_FUEL = 1_000_000_000L;

  private final TestEngine engine;
  private final boolean metered;

  private BridgeHost(TestEngine engine, boolean metered) {
    this.engine = engine;
    this.metered = metered;
  }

  /** A host whose guests run as they are. */
  public static BridgeHost unmetered(TestEngine engine) {
    return new BridgeHost(engine, false);
  }

  /** A host whose guests keep accounts; every call has the same budget. */
  public static BridgeHost metered(TestEngine engine) {
    return new BridgeHost(engine, true);
  }

  @Override
  public WasmResult<?> validate(Bytes component) {
    return ComponentValidator.validate(component.toArray(), FeatureSet.BRIDGE);
  }

  @Override
  public Start instantiate(Bytes component, SortedMap<String, WastHost.Instance> named) {
    byte[] bytes = component.toArray();
    WasmResult<Blueprint> linked =
        metered ? Linker.link(bytes, FeatureSet.BRIDGE) : Linker.linkUnmetered(bytes);
    return switch (linked) {
      case WasmResult.Failed<Blueprint>(WasmError error) -> new Start.Refused(error);
      case WasmResult.Ok<Blueprint>(Blueprint blueprint) -> open(blueprint);
    };
  }

  private Start open(Blueprint blueprint) {
    if (!blueprint.imports().isEmpty()) {
      String first = blueprint.imports().getFirst();
      return new Start.Refused(
          new WasmError.Unlinkable("", first, "import", "nothing given", "an instance"));
    }
    List<ModuleHash> hashes;
    try {
      hashes = engine.prepare(blueprint);
    } catch (AssertionError refused) {
      return new Start.Ended(new End.Failed(String.valueOf(refused.getMessage())));
    }
    return switch (Session.open(blueprint, hashes, engine.engine(), function -> null)) {
      case WasmResult.Failed<Session>(WasmError error) -> new Start.Refused(error);
      case WasmResult.Ok<Session>(Session session) -> {
        CallResult ended = session.begin();
        yield ended == null
            ? new Start.Started((export, values) -> invoke(blueprint, session, export, values))
            : new Start.Ended(end(ended, null));
      }
    };
  }

  private static End invoke(
      Blueprint blueprint, Session session, String export, List<WastValue> values) {
    ExportedFunction function = blueprint.export(export);
    if (function == null) {
      return new End.Failed("no function of that name; there are " + blueprint.exports());
    }
    List<ValueType.Field> params = function.type().params();
    if (params.size() != values.size()) {
      return new End.Failed("the function takes " + params.size() + " arguments");
    }
    Value[] arguments = new Value[values.size()];
    try {
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = BridgeValues.lower(params.get(i).type(), values.get(i));
      }
    } catch (BridgeValues.MismatchException mismatch) {
      return new End.Failed(String.valueOf(mismatch.getMessage()));
    }
    return end(session.proceed(function, arguments, CALL_FUEL), function.type().result());
  }

  private static End end(CallResult result, @Nullable ValueType type) {
    return switch (result) {
      case CallResult.Returned(Value value, long fuel) ->
          new End.Returned(type == null || value == null ? null : BridgeValues.lift(type, value));
      case CallResult.Trapped(TrapKind kind) -> new End.Trapped(kind.name());
      case CallResult.OutOfFuel o -> new End.Failed("out of fuel");
      case CallResult.Rejected(String reason) -> new End.Failed("rejected: " + reason);
      case CallResult.HostFailure(String reason) -> new End.Failed("host failure: " + reason);
    };
  }
}

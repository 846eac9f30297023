// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.abi.Lift;
import org.myrhiza.wasm.abi.Lower;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.value.Value;

/**
 * Calls into one linked component on one engine, one call at a time, by one thread.
 *
 * <p>Every call sees the component as if it had just been instantiated. One instance serves many
 * calls: before each, its memories and globals are put back to their image; one whose memory grew
 * is thrown away and made anew. What a call charges does not depend on which of the two happened:
 * instantiating has a budget of its own.
 */
public final class Session {
  private final Blueprint blueprint;
  private final List<ModuleHash> hashes;
  private final Engine engine;
  private final List<HostBody> bodies;
  private final Account account;
  private final TreeMap<String, Callable> callables = new TreeMap<>();
  private @Nullable Instance instance;
  private boolean fresh;

  private Session(
      Blueprint blueprint, List<ModuleHash> hashes, Engine engine, List<HostBody> bodies) {
    this.blueprint = blueprint;
    this.hashes = List.copyOf(hashes);
    this.engine = engine;
    this.bodies = bodies;
    this.account = new Account(engine);
  }

  /**
   * Opens a session. Nothing is instantiated yet.
   *
   * @param blueprint the component
   * @param hashes names of its rewritten modules, in the order of {@link Blueprint#modules}
   * @param engine where it runs
   * @param binder gives the body of every function that the component lowers
   * @return the session, or {@code Unlinkable} with the function that the binder did not have
   */
  public static WasmResult<Session> open(
      Blueprint blueprint, List<ModuleHash> hashes, Engine engine, HostBinder binder) {
    return WasmResult.of(() -> {
      List<HostBody> bodies = new ArrayList<>();
      for (Blueprint.Lowering lowering : blueprint.lowerings()) {
        ImportedFunction f = lowering.function();
        HostBody body = binder.bind(f);
        if (body == null) {
          throw WasmException.unlinkable(
              f.instance(), f.name(), "imported function", "" + f.type(), "a known one");
        }
        bodies.add(body);
      }
      return new Session(blueprint, hashes, engine, List.copyOf(bodies));
    });
  }

  /**
   * Calls an exported function on a fresh image.
   *
   * @param function one of the blueprint's exports
   * @param arguments one value for each parameter, of its type
   * @param budget fuel for the call, positive
   * @return how it ended
   */
  public CallResult call(ExportedFunction function, Value[] arguments, long budget) {
    CallResult notReady = refresh();
    if (notReady != null) {
      return notReady;
    }
    Callable callable = callables.get(function.name());
    if (callable == null) {
      if (instance == null) {
        return new CallResult.HostFailure("no instance");
      }
      callable = new Callable(function, instance, account);
      callables.put(function.name(), callable);
    }
    fresh = false;
    account.open(budget);
    CallResult result = callable.call(arguments, budget);
    if (result instanceof CallResult.HostFailure) {
      forget();
    }
    return result;
  }

  /** Drops the instance; the next call makes a new one. */
  public void forget() {
    instance = null;
    callables.clear();
  }

  /** Null when the instance is as new. */
  private @Nullable CallResult refresh() {
    if (instance != null) {
      if (fresh || instance.restore()) {
        fresh = true;
        return null;
      }
      forget();
    }
    account.open(Limits.INSTANTIATION_FUEL);
    return switch (Instance.make(blueprint, hashes, engine, bodies, account)) {
      case Instance.Making.Made made -> {
        instance = made.instance();
        fresh = true;
        yield null;
      }
      case Instance.Making.Ended ended -> ended.result();
    };
  }

  /** One exported function of one instance, with all that calling it needs made once. */
  private static final class Callable {
    private final Layout.Group params;
    private final @Nullable Layout result;
    private final CoreFunction core;
    private final @Nullable CoreFunction postReturn;
    private final Crossing crossing;
    private final Lift lift;
    private final Lower lower;
    private final Account account;
    private final long[] flat = new long[Flatten.MAX_PARAMS];
    private final long[] flatResult = new long[Flatten.MAX_RESULTS];

    Callable(ExportedFunction function, Instance instance, Account account) {
      Entity.Lifted lifted = function.lifted();
      ValueType resultType = function.type().result();
      this.params =
          Layout.group(function.type().params().stream().map(ValueType.Field::type).toList());
      this.result = resultType == null ? null : Layout.of(resultType);
      this.core = instance.function(lifted.core());
      this.postReturn = lifted.postReturn() == null ? null : instance.function(lifted.postReturn());
      this.crossing = instance.crossing(lifted.memory(), lifted.realloc(), account);
      this.lift = new Lift(crossing);
      this.lower = new Lower(crossing);
      this.account = account;
    }

    CallResult call(Value[] arguments, long budget) {
      try {
        lower(arguments);
        account.setMayLeave(true);
        CallOutcome outcome = core.call(flat, flatResult);
        account.setMayLeave(false);
        if (!(outcome instanceof CallOutcome.Returned)) {
          return account.ended(outcome);
        }
        Value value = lifted();
        if (postReturn != null) {
          CallOutcome after = postReturn.call(flatResult, flat);
          if (!(after instanceof CallOutcome.Returned)) {
            return account.ended(after);
          }
        }
        return new CallResult.Returned(value, budget - account.fuel().get());
      } catch (AbiStop stop) {
        account.end(stop);
        return account.ending();
      }
    }

    private void lower(Value[] arguments) throws AbiStop {
      crossing.begin();
      try {
        lower.parameters(params, arguments, flat);
      } finally {
        crossing.end();
      }
    }

    private @Nullable Value lifted() throws AbiStop {
      if (result == null) {
        return null;
      }
      crossing.begin();
      try {
        return lift.result(result, flatResult);
      } finally {
        crossing.end();
      }
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.value.Value;

/**
 * Calls into one linked component on one engine, one call at a time, by one thread.
 *
 * <p>Every call sees the component as if it had just been instantiated. One instance serves many
 * calls: before each, its memories and globals are put back to their image; one whose memory grew
 * is thrown away and made anew, and so is one for whose code the engine has a faster form now. What
 * a call charges does not depend on which of these happened: instantiating has a budget of its own.
 */
public final class Session {
  private final Blueprint blueprint;
  private final List<ModuleHash> hashes;
  private final World world;
  private final Account account;
  private @Nullable Instance instance;
  private int edition;
  private boolean fresh;
  private boolean broken;

  private Session(Blueprint blueprint, List<ModuleHash> hashes, World world) {
    this.blueprint = blueprint;
    this.hashes = List.copyOf(hashes);
    this.world = world;
    this.account = world.account();
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
    return WasmResult.of(() -> new Session(blueprint, hashes, World.of(blueprint, engine, binder)));
  }

  /**
   * Calls an exported function on a fresh image.
   *
   * @param function one of the blueprint's exports
   * @param arguments one value for each parameter, of its type
   * @param budget fuel for the call, positive, at most 2^31 - 1 where code is metered; code that is
   *     not takes none of it, only what the host charges for itself
   * @return how it ended
   */
  public CallResult call(ExportedFunction function, Value[] arguments, long budget) {
    CallResult notReady = refresh();
    return notReady == null ? run(function, arguments, budget) : notReady;
  }

  /**
   * Calls an exported function on what the calls before left, as a component's life has it. The
   * first such call instantiates; imports may be called at instantiation. A call that did not
   * return breaks the instance: no later call gets in.
   *
   * @param function one of the blueprint's exports
   * @param arguments one value for each parameter, of its type
   * @param budget as for {@link #call}
   * @return how it ended
   */
  public CallResult proceed(ExportedFunction function, Value[] arguments, long budget) {
    if (broken) {
      return new CallResult.Trapped(TrapKind.REENTRANCE);
    }
    if (instance == null) {
      CallResult notReady = begin();
      if (notReady != null) {
        return notReady;
      }
    }
    CallResult result = run(function, arguments, budget);
    broken = !(result instanceof CallResult.Returned);
    return result;
  }

  /**
   * Instantiates for {@link #proceed}, imports allowed.
   *
   * @return null when there is an instance, else how its making ended
   */
  public @Nullable CallResult begin() {
    forget();
    return make(true);
  }

  private CallResult run(ExportedFunction function, Value[] arguments, long budget) {
    Instance running = instance;
    if (running == null) {
      return new CallResult.HostFailure("no instance");
    }
    if (!(function.function() instanceof Entity.Lifted lifted)) {
      return new CallResult.HostFailure("the export is an import of the component");
    }
    fresh = false;
    account.open(budget, true);
    try {
      LiftedCall call = running.call(lifted);
      Value value = call.run(arguments, call.newScope());
      return new CallResult.Returned(value, account.used());
    } catch (AbiStop stop) {
      account.end(stop);
      CallResult result = account.ending();
      if (result instanceof CallResult.HostFailure) {
        forget();
      }
      return result;
    }
  }

  /** Drops the instance; the next call makes a new one. Handles to its resources are void. */
  public void forget() {
    instance = null;
    broken = false;
  }

  /** Null when the instance is as new. */
  private @Nullable CallResult refresh() {
    if (instance != null) {
      boolean latest = edition == world.engine().edition();
      if (latest && (fresh || instance.restore())) {
        fresh = true;
        return null;
      }
      forget();
    }
    return make(false);
  }

  private @Nullable CallResult make(boolean importsAllowed) {
    account.open(Limits.INSTANTIATION_FUEL, importsAllowed);
    edition = world.engine().edition();
    return switch (Instance.make(blueprint, hashes, world)) {
      case Instance.Making.Made made -> {
        instance = made.instance();
        fresh = true;
        yield null;
      }
      case Instance.Making.Ended ended -> ended.result();
    };
  }
}

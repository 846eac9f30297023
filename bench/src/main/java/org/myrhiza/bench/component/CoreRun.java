// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.meter.Accounts;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;

/** One core module on the engine port itself: as it is, or rewritten with its accounts. */
final class CoreRun {
  /** More than any run here uses. */
  private static final long BUDGET = 1L << 30;

  private final Engine engine;
  private final ModuleHash hash;
  private final List<CoreImport> imports = new ArrayList<>();
  private final @Nullable Rewritten metered;
  private final CoreGlobal fuel;
  private final CoreGlobal stack;
  private final Slots arguments = Slots.ofInts(1);
  private final Slots results = Slots.ofInts(1);
  private CoreInstance instance;

  private CoreRun(Platform platform, byte[] code, @Nullable Rewritten metered) {
    this.engine = platform.engine();
    this.metered = metered;
    this.hash = Prepared.hash(code);
    this.fuel = engine.hostGlobal(ValueKind.I64, BUDGET);
    this.stack = engine.hostGlobal(ValueKind.I32, Accounts.STACK_EMPTY);
    if (metered != null) {
      imports.add(new CoreImport(Accounts.MODULE, Accounts.FUEL, fuel));
      imports.add(new CoreImport(Accounts.MODULE, Accounts.STACK, stack));
    }
    platform.prepareNow(hash, code);
    this.instance = made();
  }

  static CoreRun raw(Platform platform, byte[] module) {
    return new CoreRun(platform, module, null);
  }

  static CoreRun metered(Platform platform, byte[] module) {
    Rewritten metered = Prepared.ok(Meter.rewrite(module, FeatureSet.DETERMINISTIC));
    return new CoreRun(platform, metered.bytes(), metered);
  }

  /** What an image is made of; none for a module as it is. */
  Rewritten rewritten() {
    if (metered == null) {
      throw new IllegalStateException("the module is not rewritten");
    }
    return metered;
  }

  CoreInstance instance() {
    return instance;
  }

  /** Throws the instance away and makes another. */
  void makeAnew() {
    instance = made();
  }

  private CoreInstance made() {
    if (engine.instantiate(hash, imports) instanceof Instantiation.Instantiated made) {
      return made.instance();
    }
    throw new IllegalStateException("the module cannot be instantiated");
  }

  CoreFunction function(String name) {
    if (instance.export(name) instanceof CoreFunction function) {
      return function;
    }
    throw new IllegalStateException("no function " + name);
  }

  /** Calls a function from i32 to i32 under a full account. */
  int call(CoreFunction function, int argument) {
    arguments.setInt(0, argument);
    fuel.set(BUDGET);
    stack.set(Accounts.STACK_EMPTY);
    if (!(function.call(arguments, results) instanceof CallOutcome.Returned)) {
      throw new IllegalStateException("a call did not return");
    }
    return results.getInt(0);
  }

  /** What the last call used. */
  long used() {
    return BUDGET - fuel.get();
  }
}

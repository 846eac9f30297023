// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.MemoryImage;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.meter.Accounts;
import org.myrhiza.wasm.meter.ImageGlobal;
import org.myrhiza.wasm.meter.ImageMemory;
import org.myrhiza.wasm.meter.Metered;

/** A component tree's core instances, and the image that they had when they were new. */
final class Instance {
  private final List<CoreInstance> cores = new ArrayList<>();
  private final List<CoreMemory> memories = new ArrayList<>();
  private final List<MemoryImage> memoryImages = new ArrayList<>();
  private final List<CoreGlobal> globals = new ArrayList<>();
  private long[] globalImages = new long[0];
  private final CoreFunction[] lowered;

  private Instance(int lowerings) {
    this.lowered = new CoreFunction[lowerings];
  }

  /** What making an instance came to. */
  sealed interface Making {
    /** There it is. */
    record Made(Instance instance) implements Making {}

    /** It did not come about. */
    record Ended(CallResult result) implements Making {}
  }

  /** Makes an instance; the account is open and imports trap. */
  static Making make(
      Blueprint blueprint,
      List<ModuleHash> hashes,
      Engine engine,
      List<HostBody> bodies,
      Account account) {
    Instance instance = new Instance(bodies.size());
    for (Blueprint.Step step : blueprint.steps()) {
      List<CoreImport> imports = new ArrayList<>();
      imports.add(new CoreImport(Accounts.MODULE, Accounts.FUEL, account.fuel()));
      imports.add(new CoreImport(Accounts.MODULE, Accounts.STACK, account.stack()));
      for (Blueprint.Binding b : step.bindings()) {
        CoreExtern value = instance.resolve(b.item(), blueprint, engine, bodies, account);
        imports.add(new CoreImport(b.module(), b.name(), value));
      }
      switch (engine.instantiate(hashes.get(step.module()), imports)) {
        case Instantiation.Instantiated i -> {
          instance.cores.add(i.instance());
          instance.remember(i.instance(), blueprint.modules().get(step.module()));
        }
        case Instantiation.Failed f -> {
          return new Making.Ended(new CallResult.HostFailure(f.reason()));
        }
        case Instantiation.Trapped t -> {
          return new Making.Ended(account.ended(CallOutcome.TRAPPED));
        }
        case Instantiation.Aborted a -> {
          return new Making.Ended(account.ended(CallOutcome.ABORTED));
        }
      }
    }
    instance.takeImage();
    return new Making.Made(instance);
  }

  private void remember(CoreInstance core, Metered module) {
    for (ImageMemory m : module.imageMemories()) {
      if (core.export(m.exportName()) instanceof CoreMemory memory) {
        memories.add(memory);
      }
    }
    for (ImageGlobal g : module.imageGlobals()) {
      if (core.export(g.exportName()) instanceof CoreGlobal global) {
        globals.add(global);
      }
    }
  }

  private void takeImage() {
    for (CoreMemory m : memories) {
      memoryImages.add(m.image());
    }
    globalImages = new long[globals.size()];
    for (int i = 0; i < globalImages.length; i++) {
      globalImages[i] = globals.get(i).get();
    }
  }

  /** Makes everything as it was when new; false when that cannot be, because a memory has grown. */
  boolean restore() {
    for (int i = 0; i < memories.size(); i++) {
      if (!memories.get(i).restore(memoryImages.get(i))) {
        return false;
      }
    }
    for (int i = 0; i < globalImages.length; i++) {
      globals.get(i).set(globalImages[i]);
    }
    return true;
  }

  private CoreExtern resolve(
      CoreItem item, Blueprint blueprint, Engine engine, List<HostBody> bodies, Account account) {
    return switch (item.source()) {
      case CoreItem.Source.Exported e -> exported(e);
      case CoreItem.Source.Lowered l -> {
        CoreFunction known = lowered[l.lowering()];
        if (known == null) {
          Blueprint.Lowering plan = blueprint.lowerings().get(l.lowering());
          Crossing crossing = crossing(plan.memory(), plan.realloc(), account);
          known =
              engine.hostFunction(
                  plan.signature(),
                  new LoweredFunction(
                      plan.function().type(), crossing, bodies.get(l.lowering()), account));
          lowered[l.lowering()] = known;
        }
        yield known;
      }
    };
  }

  /** The crossing into this instance for a lift's or a lowering's options. */
  Crossing crossing(@Nullable CoreItem memory, @Nullable CoreItem realloc, Account account) {
    return new Crossing(
        memory == null ? null : (CoreMemory) exported(memory),
        realloc == null ? null : function(realloc),
        account.fuel());
  }

  /** The core function of a lift, a realloc or a post-return. */
  CoreFunction function(CoreItem item) {
    return (CoreFunction) exported(item);
  }

  private CoreExtern exported(CoreItem item) {
    return switch (item.source()) {
      case CoreItem.Source.Exported e -> exported(e);
      case CoreItem.Source.Lowered l ->
          throw new IllegalStateException("a lowered function is lifted or allocates");
    };
  }

  private CoreExtern exported(CoreItem.Source.Exported e) {
    CoreExtern found = cores.get(e.instance()).export(e.name());
    if (found == null) {
      throw new IllegalStateException("the engine lost the export " + e.name());
    }
    return found;
  }
}

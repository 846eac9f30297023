// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.abi.Fuel;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.MemoryImage;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.meter.Accounts;
import org.myrhiza.wasm.meter.ImageGlobal;
import org.myrhiza.wasm.meter.ImageMemory;
import org.myrhiza.wasm.meter.Rewritten;
import org.myrhiza.wasm.value.Value;

/** A component tree's core instances, and the image that they had when they were new. */
final class Instance {
  private static final CoreSignature I32_TO_I32 =
      new CoreSignature(List.of(ValueKind.I32), List.of(ValueKind.I32));
  private static final CoreSignature FROM_I32 =
      new CoreSignature(List.of(ValueKind.I32), List.of());

  /** Room for the lifted functions of a usual component; more are made as they are called. */
  private static final int FIRST_CALLS = 16;

  private final Blueprint blueprint;
  private final World world;
  private final ComponentState[] states;
  private final List<CoreInstance> cores = new ArrayList<>();
  private final List<CoreMemory> memories = new ArrayList<>();
  private final List<MemoryImage> memoryImages = new ArrayList<>();
  private final List<CoreGlobal> globals = new ArrayList<>();
  private @Nullable LiftedCall[] calls = new LiftedCall[FIRST_CALLS];
  private long[] globalImages = new long[0];

  /** The same where they fit and are not negative, else -1: a page handles longs slowly. */
  private int[] smallImages = new int[0];

  private final @Nullable CoreFunction[] bridged;

  private Instance(Blueprint blueprint, World world) {
    this.blueprint = blueprint;
    this.world = world;
    this.bridged = new CoreFunction[blueprint.bridges().size()];
    int[] parents = blueprint.parents().stream().mapToInt(p -> p).toArray();
    int[] owners = blueprint.resources().stream().mapToInt(Bridges.Resource::owner).toArray();
    this.states = new ComponentState[parents.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = new ComponentState(i, parents, owners);
    }
  }

  /** What making an instance came to. */
  sealed interface Making {
    /** There it is. */
    record Made(Instance instance) implements Making {}

    /** It did not come about. */
    record Ended(CallResult result) implements Making {}
  }

  /** Makes an instance; the account is open. */
  static Making make(Blueprint blueprint, List<ModuleHash> hashes, World world) {
    Instance instance = new Instance(blueprint, world);
    Account account = world.account();
    for (Blueprint.Step step : blueprint.steps()) {
      List<CoreImport> imports = new ArrayList<>();
      if (blueprint.isMetered()) {
        imports.add(new CoreImport(Accounts.MODULE, Accounts.FUEL, account.fuelGlobal()));
        imports.add(new CoreImport(Accounts.MODULE, Accounts.STACK, account.stack()));
      }
      for (Blueprint.Binding b : step.bindings()) {
        imports.add(new CoreImport(b.module(), b.name(), instance.resolve(b.item())));
      }
      account.fuel().release();
      switch (world.engine().instantiate(hashes.get(step.module()), imports)) {
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

  private void remember(CoreInstance core, Rewritten module) {
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
    smallImages = new int[globals.size()];
    for (int i = 0; i < globalImages.length; i++) {
      long image = globals.get(i).get();
      globalImages[i] = image;
      smallImages[i] = image >= 0 && image <= Integer.MAX_VALUE ? (int) image : -1;
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
      if (smallImages[i] >= 0) {
        globals.get(i).setSmall(smallImages[i]);
      } else {
        globals.get(i).set(globalImages[i]);
      }
    }
    // Under an image nothing calls out at instantiation, so that there were no handles.
    for (ComponentState state : states) {
      state.reset();
    }
    return true;
  }

  private CoreExtern resolve(CoreItem item) {
    return switch (item.source()) {
      case CoreItem.Source.Exported e -> exported(e);
      case CoreItem.Source.Bridged b -> bridged(b.function());
    };
  }

  private CoreFunction bridged(int number) {
    CoreFunction known = bridged[number];
    if (known == null) {
      known = make(blueprint.bridges().get(number));
      bridged[number] = known;
    }
    return known;
  }

  private CoreFunction make(Bridge bridge) {
    ComponentState caller = states[bridge.caller()];
    return switch (bridge) {
      case Bridge.Lowered l ->
          world
              .engine()
              .hostFunction(
                  l.signature(),
                  new LoweredFunction(
                      l.function().type(),
                      blueprint.layouts(),
                      new LoweredFunction.Caller(caller, crossing(l.options(), caller)),
                      target(l.function(), caller),
                      world.account()));
      case Bridge.ResourceNew n ->
          world
              .engine()
              .hostFunction(
                  I32_TO_I32, ResourceFunction.make(n.resource(), caller, world.account()));
      case Bridge.ResourceRep r ->
          world
              .engine()
              .hostFunction(
                  I32_TO_I32,
                  ResourceFunction.representation(r.resource(), caller, world.account()));
      case Bridge.ResourceDrop d ->
          world
              .engine()
              .hostFunction(
                  FROM_I32,
                  ResourceFunction.drop(
                      d.resource(), caller, world.account(), destroyer(d.resource())));
    };
  }

  private LoweredFunction.Target target(Entity.Function function, ComponentState caller) {
    return switch (function) {
      case Entity.Imported i -> {
        HostBody body = world.body(i.function());
        yield (arguments, scope) -> {
          world.account().setCaller(caller.number());
          Value value = body.run(arguments, world.account());
          if (scope != null) {
            scope.end();
          }
          return value;
        };
      }
      case Entity.Lifted l ->
          // Made at the first call: the instance that it belongs to may come later.
          (arguments, scope) -> {
            LiftedCall call = call(l);
            if (caller.isRelatedTo(call.state())) {
              throw AbiStop.reentrance();
            }
            return call.run(arguments, scope);
          };
    };
  }

  /** The lifted function, made once. */
  LiftedCall call(Entity.Lifted lifted) {
    if (lifted.number() >= calls.length) {
      calls = Arrays.copyOf(calls, 2 * (lifted.number() + 1));
    }
    LiftedCall known = calls[lifted.number()];
    if (known == null) {
      known = new LiftedCall(lifted, blueprint.layouts(), this);
      calls[lifted.number()] = known;
    }
    return known;
  }

  /** What the outside does with the last handle to something of this resource type. */
  ResourceFunction.Destroyer destroyer(int number) {
    Bridges.Resource resource = blueprint.resources().get(number);
    if (resource.imported() != null) {
      IntConsumer host = world.destructor(resource.imported());
      return (caller, representation) -> host.accept(representation);
    }
    return (caller, representation) -> {
      ComponentState owner = states[resource.owner()];
      if (caller != owner && caller.isRelatedTo(owner)) {
        throw AbiStop.reentrance();
      }
      if (resource.destructor() != null) {
        fuel().release();
        CallOutcome outcome =
            function(resource.destructor()).call(Slots.holding(representation), Slots.NONE);
        if (!(outcome instanceof CallOutcome.Returned)) {
          throw AbiStop.guest(outcome);
        }
      }
    };
  }

  /** The crossing into a component instance with the options of a lift or a lowering. */
  Crossing crossing(Entity.Options options, ComponentState state) {
    Crossing.Side side =
        new Crossing.Side(
            options.memory() == null ? null : (CoreMemory) resolve(options.memory()),
            options.realloc() == null ? null : function(options.realloc()),
            options.encoding());
    return new Crossing(side, state.handles(), world.account().fuel());
  }

  /** The core function of a lift, a realloc, a post-return or a destructor. */
  CoreFunction function(CoreItem item) {
    return (CoreFunction) resolve(item);
  }

  Fuel fuel() {
    return world.account().fuel();
  }

  ComponentState state(int number) {
    return states[number];
  }

  private CoreExtern exported(CoreItem.Source.Exported e) {
    CoreExtern found = cores.get(e.instance()).export(e.name());
    if (found == null) {
      throw new IllegalStateException("the engine lost the export " + e.name());
    }
    return found;
  }
}

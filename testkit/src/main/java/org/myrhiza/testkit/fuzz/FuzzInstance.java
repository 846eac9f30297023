// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.MemoryImage;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.meter.Accounts;
import org.myrhiza.wasm.meter.MarkedWrites;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;

/** A fuzzed module on one engine: instance after instance, image, calls, and what is left. */
final class FuzzInstance {
  private static final long START_BUDGET = 1_000_000;
  private static final int CHUNK = 4_096;

  /** Digits of a hash that are shown of a memory. */
  private static final int SHOWN = 16;

  private final FuzzModule module;
  private final Engine engine;
  private final ModuleHash hash;
  private final boolean metered;
  private final CoreGlobal fuel;
  private final CoreGlobal stack;
  private final FuzzHost host;
  private final byte[] chunk = new byte[CHUNK];

  private final List<CoreGlobal> globals = new ArrayList<>();
  private long[] globalImages = new long[0];
  private @Nullable CoreInstance instance;
  private @Nullable CoreMemory memory;
  private @Nullable MemoryImage memoryImage;

  private FuzzInstance(FuzzModule module, TestEngine on, boolean metered, byte[] code) {
    this.module = module;
    this.engine = on.engine();
    this.metered = metered;
    this.hash = on.prepare(code);
    this.fuel = engine.hostGlobal(ValueKind.I64, 0);
    this.stack = engine.hostGlobal(ValueKind.I32, 0);
    this.host = new FuzzHost(metered ? fuel : null);
  }

  /** The module as a peer would run it. */
  static FuzzInstance metered(FuzzModule module, TestEngine on) {
    return new FuzzInstance(module, on, true, rewritten(module));
  }

  /** The same, marking what it writes whatever the engine does. */
  static FuzzInstance marked(FuzzModule module, TestEngine on) {
    return new FuzzInstance(module, on, true, MarkedWrites.of(rewritten(module)));
  }

  /** The module as its author made it. Calls that only metering ends do not end. */
  static FuzzInstance plain(FuzzModule module, TestEngine on) {
    return new FuzzInstance(module, on, false, module.bytes());
  }

  private static byte[] rewritten(FuzzModule module) {
    return switch (Meter.rewrite(module.bytes(), FeatureSet.DETERMINISTIC)) {
      case WasmResult.Ok<Rewritten>(Rewritten metered) -> metered.bytes();
      case WasmResult.Failed<Rewritten>(var error) ->
          throw new AssertionError("seed " + module.seed() + ": " + error.message());
    };
  }

  /** Makes a new instance and takes its image; tells how that ended. */
  String instantiate() {
    List<CoreImport> imports = host.imports(engine);
    if (metered) {
      imports.add(new CoreImport(Accounts.MODULE, Accounts.FUEL, fuel));
      imports.add(new CoreImport(Accounts.MODULE, Accounts.STACK, stack));
    }
    open(START_BUDGET);
    return switch (engine.instantiate(hash, imports)) {
      case Instantiation.Instantiated(CoreInstance made) -> {
        adopt(made);
        yield "instantiated" + state();
      }
      case Instantiation.Trapped _ -> "instantiation trapped";
      case Instantiation.Aborted _ -> "instantiation aborted";
      case Instantiation.Failed(String reason) -> FuzzRun.FAILED + reason;
    };
  }

  private void adopt(CoreInstance made) {
    instance = made;
    CoreMemory exported = (CoreMemory) export(made, "memory");
    memory = exported;
    host.attach(exported, (CoreFunction) export(made, "f" + (module.exports().size() - 1)));
    memoryImage = exported.image();
    globals.clear();
    globalImages = new long[module.globals().length()];
    for (int i = 0; i < globalImages.length; i++) {
      CoreGlobal global = (CoreGlobal) export(made, "g" + i);
      globals.add(global);
      globalImages[i] = global.get();
    }
  }

  private static CoreExtern export(CoreInstance made, String name) {
    CoreExtern found = made.export(name);
    if (found == null) {
      throw new AssertionError("no export " + name);
    }
    return found;
  }

  private void open(long budget) {
    fuel.set(budget);
    stack.set(Accounts.STACK_EMPTY);
    host.begin();
  }

  /** Puts the image back, or makes a new instance where the memory has grown. */
  void restore() {
    CoreMemory present = memory;
    MemoryImage image = memoryImage;
    if (present == null || image == null || !present.restore(image)) {
      instantiate();
      return;
    }
    for (int i = 0; i < globalImages.length; i++) {
      globals.get(i).set(globalImages[i]);
    }
  }

  /** Whether fuel or stack end a call on a fresh image; leaves the image spoilt. */
  boolean isLimited(FuzzCall call, long budget) {
    restore();
    CoreFunction function = (CoreFunction) export(present(), "f" + call.function());
    open(budget);
    CoreSignature signature = module.exports().get(call.function()).core();
    Slots results = Slots.of(signature.results());
    CallOutcome outcome = function.call(arguments(signature, call), results);
    return isLimited(end(outcome));
  }

  private CoreInstance present() {
    CoreInstance present = instance;
    if (present == null) {
      throw new AssertionError("seed " + module.seed() + ": no instance");
    }
    return present;
  }

  private boolean isLimited(String end) {
    return !end.equals(FuzzRun.RETURNED)
        && Accounts.classify(fuel.get(), (int) stack.get()) != Accounts.End.TRAP;
  }

  /** Calls a function and tells how that ended and all that it left behind. */
  Ended call(FuzzCall call, long budget) {
    CoreFunction function = (CoreFunction) export(present(), "f" + call.function());
    open(budget);
    CoreSignature signature = module.exports().get(call.function()).core();
    Slots results = Slots.of(signature.results());
    String end = end(function.call(arguments(signature, call), results));
    String values = end.equals(FuzzRun.RETURNED) ? values(call.function(), results) : "";
    String accounts =
        metered ? " fuel " + fuel.get() + " stack " + Integer.toHexString((int) stack.get()) : "";
    boolean limited = isLimited(end);
    String state = state() + " host " + host.trace();
    return new Ended(end + values, fuel.get(), limited, accounts, state);
  }

  /** The marks of a marked instance, which forgets them. */
  int takeMarks() {
    Slots marks = Slots.ofInts(1);
    ((CoreFunction) export(present(), MarkedWrites.TAKE)).call(Slots.NONE, marks);
    return marks.getInt(0);
  }

  /** Whether the host wrote to the memory in the last call: it marks nothing. */
  boolean hasHostWritten() {
    return host.hasPoked();
  }

  /** All bytes of the memory. */
  byte[] contents() {
    CoreMemory present = memory;
    if (present == null) {
      return new byte[0];
    }
    byte[] all = new byte[present.byteSize()];
    present.read(0, all, 0, all.length);
    return all;
  }

  /**
   * How a call ended.
   *
   * @param end the kind of end, with the results of a call that returned
   * @param fuel what is left
   * @param limited whether fuel or stack came to their end
   * @param accounts both accounts as text
   * @param state memory, globals and what the host was asked
   */
  record Ended(String end, long fuel, boolean limited, String accounts, String state) {
    boolean returned() {
      return end.startsWith(FuzzRun.RETURNED);
    }

    /** The part that metering does not change. */
    String meaning() {
      return end + state;
    }

    @Override
    public String toString() {
      return end + accounts + state;
    }
  }

  private String end(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned _ -> FuzzRun.RETURNED;
      case CallOutcome.Aborted _ -> host.ending();
      case CallOutcome.Failed(String reason) -> FuzzRun.FAILED + reason;
      case CallOutcome.Exhausted _ -> FuzzRun.FAILED + "the native stack is exhausted";
      case CallOutcome.Trapped _ ->
          metered ? Accounts.classify(fuel.get(), (int) stack.get()).toString() : FuzzRun.TRAP;
    };
  }

  private static Slots arguments(CoreSignature signature, FuzzCall call) {
    Slots out = Slots.of(signature.params());
    for (int i = 0; i < out.size(); i++) {
      out.setLong(i, call.arguments()[i]);
    }
    return out;
  }

  private String values(int function, Slots results) {
    String types = module.exports().get(function).results();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < types.length(); i++) {
      text.append(' ').append(shown(types.charAt(i), results.getLong(i)));
    }
    return text.toString();
  }

  private static String shown(char type, long value) {
    return type == 'i' ? Integer.toString((int) value) : Long.toString(value);
  }

  private String state() {
    StringBuilder text = new StringBuilder(" memory ").append(memoryText()).append(" globals");
    for (int i = 0; i < globals.size(); i++) {
      text.append(' ').append(shown(module.globals().charAt(i), globals.get(i).get()));
    }
    return text.toString();
  }

  /** Size and a hash of all that is not zero, with where it is. */
  private String memoryText() {
    CoreMemory present = memory;
    if (present == null) {
      return "none";
    }
    Blake3 hasher = Blake3.hasher();
    int size = present.byteSize();
    for (int at = 0; at < size; at += CHUNK) {
      present.read(at, chunk, 0, CHUNK);
      if (!isZero(chunk)) {
        hasher.update(Bytes.of(at >>> 24, (at >>> 16) & 0xFF, (at >>> 8) & 0xFF, at & 0xFF));
        hasher.update(chunk, 0, CHUNK);
      }
    }
    return size + ":" + hasher.finish().toHex().substring(0, SHOWN);
  }

  private static boolean isZero(byte[] bytes) {
    int seen = 0;
    for (byte each : bytes) {
      seen |= each;
    }
    return seen == 0;
  }
}

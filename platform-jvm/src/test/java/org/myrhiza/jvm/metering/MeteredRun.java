// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.metering;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.meter.Accounts;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;

/** One module on one engine, and how its calls end. */
final class MeteredRun {
  /** Work that the host's function charges for at each call. */
  static final long HOST_PRICE = 7;

  enum Mode {
    PLAIN,
    INTERPRETED,
    COMPILED
  }

  /** How a call ended, with all that must be equal on every engine. */
  record Ended(String end, long value, long fuel, int stack, long memory, List<Long> hostCalls) {
    /** The part that metering must not change. */
    String meaning() {
      return (end.equals("returned") ? end + " " + value : "trap") + " " + memory + hostCalls;
    }
  }

  private final Mode mode;
  private final GlobalInstance fuel = global(0, ValType.I64);
  private final GlobalInstance stack = global(Accounts.STACK_EMPTY, ValType.I32);
  private final List<Long> hostCalls = new ArrayList<>();
  private final WasmModule module;
  private final @Nullable Function<Instance, Machine> machines;
  private int allowedPages = 1_024;

  MeteredRun(byte[] source, Mode mode) {
    this.mode = mode;
    this.module = Parser.parse(mode == Mode.PLAIN ? source : metered(source).bytes());
    this.machines = mode == Mode.COMPILED ? compile(module) : null;
  }

  private static Function<Instance, Machine> compile(WasmModule module) {
    return MachineFactoryCompiler.builder(module)
        .withInterpreterFallback(InterpreterFallback.FAIL)
        .compile();
  }

  static Rewritten metered(byte[] source) {
    return switch (Meter.rewrite(source, FeatureSet.DETERMINISTIC)) {
      case WasmResult.Ok<Rewritten>(Rewritten metered) -> metered;
      case WasmResult.Failed<Rewritten>(var error) -> throw new AssertionError(error.message());
    };
  }

  private static GlobalInstance global(long value, ValType type) {
    return new GlobalInstance(value, 0, type, MutabilityType.Var);
  }

  /** Makes the host refuse memory above a number of pages. */
  MeteredRun allowPages(int pages) {
    allowedPages = pages;
    return this;
  }

  /** A fresh instance, whose start function has its own budget. */
  Instance instance() {
    reset(1_000_000);
    ImportValues.Builder imports =
        ImportValues.builder()
            .addFunction(
                new HostFunction(
                    "host",
                    "call",
                    FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
                    this::hostCall));
    if (mode != Mode.PLAIN) {
      imports.addGlobal(
          new ImportGlobal(Accounts.MODULE, Accounts.FUEL, fuel),
          new ImportGlobal(Accounts.MODULE, Accounts.STACK, stack));
    }
    Instance.Builder builder =
        Instance.builder(module)
            .withImportValues(imports.build())
            .withMemoryFactory(limits -> new ByteArrayMemory(lowered(limits)));
    if (machines != null) {
      builder.withMachineFactory(machines);
    }
    return builder.build();
  }

  private MemoryLimits lowered(MemoryLimits limits) {
    return new MemoryLimits(limits.initialPages(), Math.min(limits.maximumPages(), allowedPages));
  }

  private long[] hostCall(Instance instance, long... arguments) {
    hostCalls.add((long) (int) arguments[0]);
    fuel.setValue(fuel.getValue() - (mode == Mode.PLAIN ? 0 : HOST_PRICE));
    return new long[] {(int) arguments[0] * 3L & 0xFFFF_FFFFL};
  }

  private void reset(long budget) {
    fuel.setValue(budget);
    stack.setValue(Accounts.STACK_EMPTY);
    hostCalls.clear();
  }

  /** Calls {@code run} on a fresh instance. */
  Ended call(int argument, long budget) {
    return call(instance(), argument, budget);
  }

  Ended call(Instance instance, int argument, long budget) {
    reset(budget);
    try {
      long[] results = instance.export("run").apply(argument & 0xFFFF_FFFFL);
      return ended("returned", results.length == 0 ? 0 : (int) results[0], instance);
    } catch (ChicoryException e) {
      if (e.getCause() instanceof Error host) {
        throw new AssertionError("the host failed", host);
      }
      String end =
          mode == Mode.PLAIN
              ? "TRAP"
              : Accounts.classify(fuel.getValue(), (int) stack.getValue()).toString();
      return ended(end, 0, instance);
    }
  }

  private Ended ended(String end, long value, Instance instance) {
    long checksum = 0;
    if (instance.memory() != null) {
      CRC32 crc = new CRC32();
      crc.update(instance.memory().readBytes(0, instance.memory().pages() * 65_536));
      checksum = crc.getValue();
    }
    return new Ended(
        end, value, fuel.getValue(), (int) stack.getValue(), checksum, List.copyOf(hostCalls));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.HostBody;
import org.myrhiza.wasm.link.ImportedFunction;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.meter.Rewritten;
import org.myrhiza.wasm.value.Value;

/**
 * Takes any bytes through all that a component goes through: validated and linked in both sets and,
 * where the bridge links it, instantiated and called. Whatever the bytes are, each step must end in
 * a typed result; an exception fails the calling test with the name of what was tried.
 */
public final class ComponentProbe {
  private static final long FUEL = 1_000_000L;
  private static final int CALLED_EXPORTS = 20;

  private final TestEngine engine;
  private final Seeded random;
  private final RandomTypes values;
  private final TreeSet<String> prepared = new TreeSet<>();
  private int linked;
  private int called;
  private int runs;

  /**
   * Makes a probe.
   *
   * @param engine where components run
   * @param random decides values
   * @param runs how many new core modules are prepared before components are only linked
   */
  public ComponentProbe(TestEngine engine, Seeded random, int runs) {
    this.engine = engine;
    this.random = random;
    this.values = new RandomTypes(random);
    this.runs = runs;
  }

  /** How many components the bridge linked. */
  public int linked() {
    return linked;
  }

  /** How many calls ended. */
  public int called() {
    return called;
  }

  /**
   * Tries one component.
   *
   * @param name what to call it when it fails
   * @param bytes anything
   */
  public void probe(String name, byte[] bytes) {
    try {
      boolean strict =
          Linker.link(bytes, FeatureSet.DETERMINISTIC) instanceof WasmResult.Ok<Blueprint>;
      if (Linker.link(bytes, FeatureSet.BRIDGE) instanceof WasmResult.Ok<Blueprint> ok) {
        linked++;
        run(ok.value(), strict);
      }
    } catch (RuntimeException thrown) {
      throw new AssertionError(name + ": " + thrown, thrown);
    }
  }

  /** {@code strict}: the engine must take every module of the deterministic set. */
  private void run(Blueprint blueprint, boolean strict) {
    List<ModuleHash> hashes = new ArrayList<>();
    for (Rewritten module : blueprint.modules()) {
      String hash = Blake3.hash(Bytes.copyOf(module.bytes())).toHex();
      if (!prepared.contains(hash)) {
        if (runs == 0) {
          return;
        }
        runs--;
        prepared.add(hash);
      }
      if (!prepare(new ModuleHash(hash), module, strict)) {
        return;
      }
      hashes.add(new ModuleHash(hash));
    }
    if (Session.open(blueprint, hashes, engine.engine(), this::body)
        instanceof WasmResult.Ok<Session> session) {
      call(blueprint, session.value());
    }
  }

  private boolean prepare(ModuleHash hash, Rewritten module, boolean strict) {
    try {
      engine.prepare(hash, module.bytes());
      return true;
    } catch (AssertionError refused) {
      if (strict) {
        throw new IllegalStateException(String.valueOf(refused.getMessage()), refused);
      }
      return false;
    }
  }

  private void call(Blueprint blueprint, Session session) {
    List<String> exports = blueprint.exports();
    for (int i = 0; i < Math.min(exports.size(), CALLED_EXPORTS); i++) {
      ExportedFunction function = blueprint.export(exports.get(i));
      if (function != null && !holdsHandles(function.type())) {
        Value[] arguments =
            function.type().params().stream()
                .map(p -> values.value(p.type()))
                .toArray(Value[]::new);
        CallResult result =
            random.nextBoolean()
                ? session.call(function, arguments, FUEL)
                : session.proceed(function, arguments, FUEL);
        called++;
        if (result instanceof CallResult.HostFailure failure) {
          judge(failure.reason());
        }
      }
    }
  }

  /** The only reasons why the host may not go on. */
  private static void judge(String reason) {
    if (!reason.equals("the export is an import of the component")
        && !reason.equals("memory could not grow")) {
      throw new IllegalStateException(reason);
    }
  }

  private static boolean holdsHandles(FunctionType type) {
    return type.params().stream().anyMatch(p -> holdsHandles(p.type()));
  }

  private static boolean holdsHandles(ValueType type) {
    return type instanceof ValueType.OwnOf
        || type instanceof ValueType.BorrowOf
        || type.parts().stream().anyMatch(ComponentProbe::holdsHandles);
  }

  private @Nullable HostBody body(ImportedFunction function) {
    ValueType result = function.type().result();
    if (result != null && holdsHandles(result)) {
      return null;
    }
    return (arguments, call) -> {
      if (random.chance(1, 8)) {
        call.reject("as it likes");
        return null;
      }
      return result == null ? null : values.value(result);
    };
  }
}

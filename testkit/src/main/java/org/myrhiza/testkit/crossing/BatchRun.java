// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.value.Value;

/** A batch's component in this runtime: each exchange on an instance of its own. */
public final class BatchRun {
  /** Fuel for one call: more than any exchange needs. */
  private static final long FUEL = 1_000_000_000L;

  private final Batch batch;
  private final TestEngine engine;
  private final Blueprint blueprint;
  private final List<ModuleHash> hashes;
  private @Nullable List<Value> given;

  /**
   * Links the component and prepares its modules.
   *
   * @param batch whose component
   * @param engine where it runs
   * @throws AssertionError if the component or one of its modules is refused
   */
  public BatchRun(Batch batch, TestEngine engine) {
    this.batch = batch;
    this.engine = engine;
    this.blueprint = taken(Linker.link(batch.component(), FeatureSet.BRIDGE));
    this.hashes = engine.prepare(blueprint);
  }

  private <T> T taken(WasmResult<T> result) {
    return switch (result) {
      case WasmResult.Ok<T>(T value) -> value;
      case WasmResult.Failed<T> failed ->
          throw new AssertionError("seed " + batch.seed() + ": " + failed.error().message());
    };
  }

  /**
   * Makes an instance and calls one of its functions.
   *
   * @param index which exchange
   * @return what was seen
   */
  public Observation run(int index) {
    Exchange exchange = batch.exchanges().get(index);
    given = null;
    Session session =
        taken(
            Session.open(
                blueprint,
                hashes,
                engine.engine(),
                function ->
                    (arguments, call) -> {
                      given = List.of(arguments);
                      return exchange.result();
                    }));
    CallResult ended = call(session, "f" + index, exchange.arguments());
    if (!(ended instanceof CallResult.Returned returned)) {
      return new Observation(ended.toString(), given, null, Bytes.EMPTY);
    }
    CallResult dump = call(session, Batch.DUMP, List.of());
    return dump instanceof CallResult.Returned(Value memory, long fuel)
            && memory instanceof Value.Octets octets
        ? new Observation("", given, returned.value(), Bytes.copyOf(octets.shared()))
        : new Observation("dump: " + dump, given, returned.value(), Bytes.EMPTY);
  }

  private CallResult call(Session session, String name, List<Value> arguments) {
    ExportedFunction function = blueprint.export(name);
    if (function == null) {
      throw new AssertionError("no " + name + " among " + blueprint.exports());
    }
    return session.proceed(function, arguments.toArray(Value[]::new), FUEL);
  }
}

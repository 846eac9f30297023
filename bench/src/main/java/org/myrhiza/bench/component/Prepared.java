// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.meter.Rewritten;

/**
 * A component that the engine holds.
 *
 * @param blueprint the component
 * @param hashes names of its modules
 */
record Prepared(Blueprint blueprint, List<ModuleHash> hashes) {
  static Prepared of(byte[] component, FeatureSet set, Platform platform) {
    Blueprint blueprint = ok(Linker.link(component, set));
    List<ModuleHash> hashes = new ArrayList<>();
    for (Rewritten module : blueprint.modules()) {
      ModuleHash hash = hash(module.bytes());
      platform.prepareNow(hash, module.bytes());
      hashes.add(hash);
    }
    return new Prepared(blueprint, hashes);
  }

  static ModuleHash hash(byte[] code) {
    return new ModuleHash(Blake3.hash(Bytes.copyOf(code)).toHex());
  }

  static <T> T ok(WasmResult<T> result) {
    return switch (result) {
      case WasmResult.Ok<T> ok -> ok.value();
      case WasmResult.Failed<T> failed -> throw new IllegalStateException("" + failed.error());
    };
  }

  Session session(Platform platform) {
    return ok(Session.open(blueprint, hashes, platform.engine(), function -> null));
  }

  ExportedFunction export(String name) {
    ExportedFunction function = blueprint.export(name);
    if (function == null) {
      throw new IllegalStateException("no export " + name + " in " + blueprint.exports());
    }
    return function;
  }
}

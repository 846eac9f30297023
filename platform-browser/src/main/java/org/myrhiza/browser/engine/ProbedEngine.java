// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.browser.js.Done;
import org.myrhiza.browser.js.Told;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.StackProbe;

/**
 * The browser's WebAssembly for guests: it compiles none before it is known that this thread has
 * the stack that guests are promised, and none at all without it.
 *
 * <p>The probe costs 50 to 110 ms of a cold worker, most of it for rewriting its modules; asked
 * while the store is being opened, most of that is waiting time anyway.
 */
public final class ProbedEngine {
  private final BrowserEngine engine = new BrowserEngine();
  private final List<ModuleHash> probes = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private int compiling;
  private StackProbe.@Nullable Finding stack;

  /** An engine that is not probed yet. */
  public ProbedEngine() {}

  /** Begins the probe; to be called once. */
  public void probe() {
    List<byte[]> modules = StackProbe.modules();
    compiling = modules.size();
    for (byte[] module : modules) {
      Bytes code = Bytes.copyOf(module);
      ModuleHash hash = new ModuleHash(Blake3.hash(code).toHex());
      probes.add(hash);
      engine.prepare(hash, code, this::compiled, this::refused);
    }
  }

  private void compiled() {
    compiling--;
    if (compiling == 0 && stack == null) {
      found(StackProbe.run(engine, probes));
    }
  }

  private void refused(String reason) {
    if (stack == null) {
      found(new StackProbe.Finding.Insufficient("the probe", reason));
    }
  }

  private void found(StackProbe.Finding finding) {
    stack = finding;
    List<Runnable> held = List.copyOf(waiting);
    waiting.clear();
    held.forEach(Runnable::run);
  }

  /** Compiles a guest's code; exactly one of the callbacks follows, after the probe. */
  public void prepare(ModuleHash hash, Bytes code, Done done, Told failed) {
    switch (stack) {
      case null -> waiting.add(() -> prepare(hash, code, done, failed));
      case StackProbe.Finding.Sufficient sufficient -> engine.prepare(hash, code, done, failed);
      case StackProbe.Finding.Insufficient lack -> failed.told(lack.message());
    }
  }

  /** Returns the engine, which instantiates what was prepared. */
  public Engine engine() {
    return engine;
  }
}

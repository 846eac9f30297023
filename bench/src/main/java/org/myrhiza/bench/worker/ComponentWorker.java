// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.worker;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.myrhiza.bench.component.ComponentCalls;
import org.myrhiza.bench.component.ComponentLoad;
import org.myrhiza.bench.component.Contender;
import org.myrhiza.bench.component.ImageRestore;
import org.myrhiza.bench.component.MeteringOverhead;
import org.myrhiza.bench.component.Platform;
import org.myrhiza.bench.component.Samples;
import org.myrhiza.browser.engine.BrowserEngine;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.js.ThreadJs;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The worker's entry point for what components cost: takes messages of type {@code file} with name
 * and bytes, then one of type {@code measure} with the name of a measurement, and answers with one
 * of type {@code result}, the samples as text, or {@code failed}.
 */
public final class ComponentWorker implements Platform {
  private static final double NANOS_PER_MILLI = 1e6;

  private static final int ENDLESS_AT_ONCE = 1_000;

  private final BrowserEngine engine = new BrowserEngine();
  private final Map<String, byte[]> files = new TreeMap<>();

  private ComponentWorker() {}

  /** Starts listening to the page. */
  public static void main(String[] args) {
    ComponentWorker worker = new ComponentWorker();
    ThreadJs.onMessage((type, token, text, bytes) -> worker.received(type, text, bytes));
  }

  private void received(String type, String text, Int8Array bytes) {
    if (type.equals("file")) {
      files.put(text, JsBytes.adopt(bytes).toArray());
      return;
    }
    try {
      measure(text);
    } catch (RuntimeException failed) {
      post("failed", String.valueOf(failed.getMessage()));
    }
  }

  private void measure(String name) {
    switch (name) {
      case "calls" -> done(new ComponentCalls(this).run(Rival::new));
      case "overhead" -> done(new MeteringOverhead(this).run());
      case "image" -> done(new ImageRestore(this).run());
      case "load-2k", "load-50k", "load-1m" ->
          ComponentLoad.run(
              this, ComponentLoad.file(name), ComponentWorker::done, why -> post("failed", why));
      default -> endless(new ComponentCalls(this).contender(name));
    }
  }

  /** For a profiler, which ends it with the page. */
  private static void endless(Contender contender) {
    contender.run(ENDLESS_AT_ONCE);
    ThreadJs.soon(() -> endless(contender));
  }

  private static void done(Samples samples) {
    post("result", samples.text());
  }

  private static void post(String type, String text) {
    ThreadJs.post(type, 0, text, new Int8Array(0));
  }

  /** What jco made of the same component. */
  private record Rival(String function) implements Contender {
    @Override
    public String name() {
      return function + ".jco";
    }

    @Override
    public void run(int times) {
      RivalJs.run(function, times);
    }
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public double nanos() {
    return RivalJs.now() * NANOS_PER_MILLI;
  }

  @Override
  public void prepare(ModuleHash hash, byte[] code, Runnable done, Consumer<String> failed) {
    engine.prepare(hash, Bytes.copyOf(code), done::run, failed::accept);
  }

  @Override
  public void prepareNow(ModuleHash hash, byte[] code) {
    engine
        .prepareNow(hash, Bytes.copyOf(code))
        .ifPresent(reason -> {
          throw new IllegalStateException("the engine refuses a module: " + reason);
        });
  }

  @Override
  public byte[] file(String name) {
    byte[] file = files.get(name);
    if (file == null) {
      throw new IllegalStateException("no file " + name);
    }
    return file;
  }
}

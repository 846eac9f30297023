// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.myrhiza.bench.component.Platform;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;

/** The measured loops on Chicory, compiled. */
final class JvmPlatform implements Platform {
  private final ChicoryEngine engine = ChicoryEngine.compiled();
  private final Path files;

  /** Takes the folder of what was built for measuring. */
  JvmPlatform(Path files) {
    this.files = files;
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public double nanos() {
    return System.nanoTime();
  }

  @Override
  public void prepare(ModuleHash hash, byte[] code, Runnable done, Consumer<String> failed) {
    switch (engine.prepare(hash, code)) {
      case Preparation.Prepared prepared -> done.run();
      case Preparation.Refused refused -> failed.accept(refused.reason());
    }
  }

  @Override
  public void prepareNow(ModuleHash hash, byte[] code) {
    if (engine.prepare(hash, code) instanceof Preparation.Refused refused) {
      throw new IllegalStateException("the engine refuses a module: " + refused.reason());
    }
  }

  @Override
  public byte[] file(String name) {
    try {
      return Files.readAllBytes(files.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

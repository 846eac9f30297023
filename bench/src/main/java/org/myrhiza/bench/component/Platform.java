// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.function.Consumer;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;

/** What the measured loops need of the stack that they run on. */
public interface Platform {
  /** The engine. */
  Engine engine();

  /** A clock in nanoseconds, for differences only; the browser's has steps of 100,000. */
  double nanos();

  /**
   * Compiles as the product does: at once on the JVM, in another turn in a page.
   *
   * @param hash the code's name
   * @param code a core module
   * @param done called when it is ready
   * @param failed called instead, with the reason
   */
  void prepare(ModuleHash hash, byte[] code, Runnable done, Consumer<String> failed);

  /**
   * Compiles before it returns.
   *
   * @throws IllegalStateException if the engine refuses the code
   */
  void prepareNow(ModuleHash hash, byte[] code);

  /** The bytes of a file that was built for measuring. */
  byte[] file(String name);
}

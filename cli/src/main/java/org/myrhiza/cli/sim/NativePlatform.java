// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import java.util.List;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.jvm.keys.AeadJvm;
import org.myrhiza.testkit.files.FileVectors;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.sim.GuestPlatform;
import org.myrhiza.testkit.sim.SimPlatform;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.wasm.engine.ModuleHash;

/**
 * What simulations run on: the built apps on Chicory, compiled before they run and, for peers that
 * are to differ, interpreted; real signatures and real sealing.
 *
 * <p>One belongs to one thread, which must have a stack of {@link ChicoryEngine#STACK_BYTES}.
 */
final class NativePlatform {
  private NativePlatform() {}

  /** Finds the built apps below the repository's root, for the whole process. */
  static void findApps() {
    TestStack.install(new TestStack("jvm", new FileVectors(Repository.root())));
  }

  static SimPlatform open() {
    return new GuestPlatform(
        NativeSigning.kept(),
        new AeadJvm(),
        List.of(new Prepared(ChicoryEngine.compiled()), new Prepared(ChicoryEngine.interpreted())));
  }

  /** Prepares at once, so that no compiler in the background changes what happens. */
  private record Prepared(ChicoryEngine engine) implements TestEngine {
    @Override
    public void prepare(ModuleHash hash, byte[] code) {
      if (engine.prepare(hash, code) instanceof Preparation.Refused(String reason)) {
        throw new IllegalStateException("the engine does not take a module: " + reason);
      }
    }
  }
}

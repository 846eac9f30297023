// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.sim;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.jvm.ChicoryTestEngine;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.keys.AeadJvm;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.GuestPlatform;
import org.myrhiza.testkit.sim.Simulation;

/** Real components, real signatures and real sealing; only store and network are simulated. */
final class RealPlatform {
  private final GuestPlatform platform;

  RealPlatform(ChicoryEngine engine) {
    platform =
        new GuestPlatform(new RealCrypto(), new AeadJvm(), List.of(new ChicoryTestEngine(engine)));
  }

  Simulation simulation(long seed, Faults faults) {
    return platform.simulation(seed, faults);
  }

  Kernel kernel() {
    return platform.kernel();
  }

  void prepare(Effect.Prepare effect) {
    platform.prepare(effect);
  }

  Bytes bundleFile(String app) {
    return platform.bundleFile(app);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.sim;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.jvm.keys.AeadJvm;
import org.myrhiza.kernel.Admission;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.Ports;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.wasm.engine.ModuleHash;

/** Real components, real signatures and real sealing; only store and network are simulated. */
final class RealPlatform {
  private final RealCrypto crypto = new RealCrypto();
  private final ChicoryEngine engine;

  RealPlatform(ChicoryEngine engine) {
    this.engine = engine;
  }

  Simulation simulation(long seed, Faults faults) {
    return new Simulation(
        new Seeded(seed),
        faults,
        new Simulation.Platform(crypto, new AeadJvm(), this::kernel, this::prepare));
  }

  Kernel kernel() {
    return new Kernel(
        new Ports(Admission.on(engine, crypto.verifier()), crypto.verifier(), new AeadJvm()));
  }

  void prepare(Effect.Prepare effect) {
    ModuleHash hash = new ModuleHash(effect.moduleHash().toHex());
    if (engine.prepare(hash, effect.code().toArray()) instanceof Preparation.Refused refused) {
      throw new IllegalStateException(refused.toString());
    }
  }

  Bytes bundleFile(String app) {
    Bytes seed = Blake3.hash(Bytes.of(1));
    return BuiltApps.signed(
            BuiltApps.draft(app), crypto.publicKey(seed), message -> crypto.sign(seed, message))
        .encode();
  }
}

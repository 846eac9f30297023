// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.kernel.Admission;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.Ports;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.ModuleHash;

/**
 * Simulations of real components on any engine, with {@link ToyCrypto} in the place of signatures
 * and sealing: what one stack records, another one can run again.
 */
public final class GuestPlatform {
  private static final ToyCrypto CRYPTO = new ToyCrypto();

  private final TestEngine engine;

  /** Runs guests on this engine. */
  public GuestPlatform(TestEngine engine) {
    this.engine = engine;
  }

  /** A simulation without peers. */
  public Simulation simulation(long seed, Faults faults) {
    return new Simulation(
        new Seeded(seed),
        faults,
        new Simulation.Platform(CRYPTO, CRYPTO, this::kernel, this::prepare));
  }

  /** A kernel that has not started. */
  public Kernel kernel() {
    return new Kernel(
        new Ports(Admission.on(engine.engine(), CRYPTO.verifier()), CRYPTO.verifier(), CRYPTO));
  }

  /** Makes code ready. */
  public void prepare(Effect.Prepare effect) {
    engine.prepare(new ModuleHash(effect.moduleHash().toHex()), effect.code().toArray());
  }

  /** The file of a built app's bundle; always the same bytes. */
  public Bytes bundleFile(String app) {
    Bytes seed = Blake3.hash(Bytes.of(1));
    return BuiltApps.signed(
            BuiltApps.draft(app), CRYPTO.publicKey(seed), message -> CRYPTO.sign(seed, message))
        .encode();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Aead;
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
 * Simulations of real components on any engine. With {@link ToyCrypto}, what one stack records,
 * another one can run again.
 */
public final class GuestPlatform implements SimPlatform {
  private static final ToyCrypto TOY = new ToyCrypto();

  private final Signing signing;
  private final Aead aead;
  private final List<TestEngine> engines;

  /** Runs guests on this engine, with toy cryptography. */
  public GuestPlatform(TestEngine engine) {
    this(TOY, TOY, List.of(engine));
  }

  /**
   * Runs guests on engines with any cryptography.
   *
   * @param signing signs and verifies
   * @param aead seals and opens frames
   * @param engines at least one; peers begin on the first
   */
  public GuestPlatform(Signing signing, Aead aead, List<TestEngine> engines) {
    this.signing = signing;
    this.aead = aead;
    this.engines = List.copyOf(engines);
  }

  @Override
  public Simulation simulation(long seed, Faults faults) {
    List<Simulation.Host> hosts = new ArrayList<>();
    for (TestEngine engine : engines) {
      hosts.add(new Simulation.Host(() -> kernel(engine), effect -> prepare(engine, effect)));
    }
    return new Simulation(new Seeded(seed), faults, new Simulation.Platform(signing, aead, hosts));
  }

  @Override
  public int engines() {
    return engines.size();
  }

  /** A kernel on the first engine that has not started. */
  public Kernel kernel() {
    return kernel(engines.get(0));
  }

  private Kernel kernel(TestEngine engine) {
    return new Kernel(
        new Ports(
            Admission.on(engine.engine(), signing.verifier()), signing.verifier(), aead, signing));
  }

  /** Makes code ready for the first engine. */
  public void prepare(Effect.Prepare effect) {
    prepare(engines.get(0), effect);
  }

  private static void prepare(TestEngine engine, Effect.Prepare effect) {
    engine.prepare(new ModuleHash(effect.moduleHash().toHex()), effect.code().toArray());
  }

  @Override
  public Bytes bundleFile(String app) {
    Bytes seed = Blake3.hash(Bytes.of(1));
    return BuiltApps.signed(
            BuiltApps.draft(app), signing.publicKey(seed), message -> signing.sign(seed, message))
        .encode();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.instance.App;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.Ports;
import org.myrhiza.testkit.Seeded;

/** Simulations with {@link ToyCounterApp} and {@link ToyCrypto}: they run wherever Java runs. */
public final class ToyPlatform {
  private static final ToyCrypto CRYPTO = new ToyCrypto();

  private ToyPlatform() {}

  /** A simulation without peers. */
  public static Simulation simulation(long seed, Faults faults) {
    return new Simulation(
        new Seeded(seed),
        faults,
        new Simulation.Platform(
            CRYPTO, CRYPTO, List.of(new Simulation.Host(ToyPlatform::kernel, _ -> {}))));
  }

  /** A kernel that has not started. */
  public static Kernel kernel() {
    return new Kernel(
        new Ports(
            bundle -> new App.Admitted.Runs(new ToyCounterApp(bundle)),
            CRYPTO.verifier(),
            CRYPTO,
            CRYPTO));
  }

  /** The file of a toy bundle with a name of its own. */
  public static Bytes bundleFile(String label) {
    return ToyCounterApp.bundle(CRYPTO, label).encode();
  }

  /** The same as what scenarios run on; every app of it is the toy counter. */
  public static SimPlatform platform() {
    return new SimPlatform() {
      @Override
      public Simulation simulation(long seed, Faults faults) {
        return ToyPlatform.simulation(seed, faults);
      }

      @Override
      public int engines() {
        return 1;
      }

      @Override
      public Bytes bundleFile(String app) {
        return ToyPlatform.bundleFile(app);
      }
    };
  }
}

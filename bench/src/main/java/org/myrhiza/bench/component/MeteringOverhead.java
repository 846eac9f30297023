// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.List;
import org.myrhiza.wasm.engine.CoreFunction;

/** The same computation by a core module as it is and by the rewritten one, in turn. */
public final class MeteringOverhead {
  private static final String MODULE = "kernels-1.wasm";

  /** What is computed; the results were computed by other programs. */
  private static final List<Kernel> KERNELS =
      List.of(
          new Kernel("fib", 20, 6_765),
          new Kernel("sieve", 16_384, 1_900),
          new Kernel("sha256", 64, 0xc8f5d034),
          new Kernel("map", 8_192, 24_654),
          new Kernel("indirect", 20_000, -2_060_735_622));

  private final Platform platform;
  private final Samples samples = new Samples();

  /** Measures on a platform. */
  public MeteringOverhead(Platform platform) {
    this.platform = platform;
  }

  private record Kernel(String name, int argument, int result) {}

  /** Names of what is computed, in the order of reports. */
  public static List<String> kernels() {
    return KERNELS.stream().map(Kernel::name).toList();
  }

  /** Nanoseconds as {@code fib.raw} and {@code fib.metered}, units of fuel as {@code fib.fuel}. */
  public Samples run() {
    byte[] module = platform.file(MODULE);
    CoreRun raw = CoreRun.raw(platform, module);
    CoreRun metered = CoreRun.metered(platform, module);
    for (Kernel kernel : KERNELS) {
      new Rounds(platform, samples)
          .measure(
              List.of(
                  new Computing(kernel.name + ".raw", raw, kernel),
                  new Computing(kernel.name + ".metered", metered, kernel)));
      samples.put(kernel.name + ".fuel", (double) metered.used());
    }
    return samples;
  }

  private static final class Computing implements Contender {
    private final String name;
    private final CoreRun run;
    private final Kernel kernel;
    private final CoreFunction function;

    Computing(String name, CoreRun run, Kernel kernel) {
      this.name = name;
      this.run = run;
      this.kernel = kernel;
      this.function = run.function(kernel.name);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void run(int times) {
      for (int i = 0; i < times; i++) {
        int result = run.call(function, kernel.argument);
        if (result != kernel.result) {
          throw new IllegalStateException(name + " computed " + result);
        }
      }
    }
  }
}

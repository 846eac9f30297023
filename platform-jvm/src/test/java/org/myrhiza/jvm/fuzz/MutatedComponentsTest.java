// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.myrhiza.jvm.ChicoryTestEngine;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.suites.component.ComponentMutator;
import org.myrhiza.testkit.suites.component.ComponentProbe;
import org.myrhiza.testkit.suites.component.ComponentSeeds;

/** Many more mutants than each check tries; interpreted, since most run only once. */
@Tag("nightly")
final class MutatedComponentsTest {
  private static final long FIRST_SEED = 1_000_000;
  private static final int SEEDS = 20;
  private static final int MUTANTS = 50_000;

  @Test
  void aMillionMutants_endInTypedResults() {
    List<byte[]> components = ComponentSeeds.all();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      ComponentMutator mutator = new ComponentMutator(new Seeded(seed), components);
      ComponentProbe probe =
          new ComponentProbe(
              new ChicoryTestEngine(ChicoryEngine.interpreted()), new Seeded(seed), MUTANTS);
      for (int i = 0; i < MUTANTS; i++) {
        probe.probe("mutant " + i + " of seed " + seed, mutator.next());
      }
      assertThat(probe.called()).isPositive();
    }
  }
}

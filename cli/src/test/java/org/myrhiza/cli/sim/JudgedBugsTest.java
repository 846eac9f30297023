// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.scenario.Report;

/**
 * The simulator's judge sees what it is there for: each mistake, planted in the kernel's sources,
 * makes a toy seed fail in its own way, which passes without it.
 */
@Tag("nightly")
final class JudgedBugsTest {
  private static final long SEEDS = 40;
  private static final long LOSING_SEED = 1;

  /** What was here before a fence stays as it was. */
  private static final Patch FENCE_COMES_TOO_LATE =
      new Patch(
          "org.myrhiza.log.Disputes",
          "fences.isPolicy(mark, principal) && isOutside(mark, number)",
          "fences.isPolicy(mark, principal) && isOutside(mark, number) && number > mark.number");

  /** An own event that is news says nothing about the own key. */
  private static final Patch KEY_IS_KEPT =
      new Patch(
          "org.myrhiza.instance.Author",
          """
              if (event.header().signer().equals(instance.self().signer())) {
                outside.spent();
              }
          """
              .indent(0),
          "");

  private static final Patch NEW_KEY_IS_NOT_TOLD =
      new Patch("org.myrhiza.kernel.OwnKey", "      tell(why);\n", "");

  /** What a fork took back is settled and not written again. */
  private static final Patch LOST_IS_NOT_WRITTEN_AGAIN =
      new Patch(
          "org.myrhiza.instance.Author",
          "this::again)",
          "lost -> outside.write(instance.own().settle(lost.entry())))");

  private static void isFound(Patch bug, Report.Kind kind) throws Exception {
    String found = PatchedKernel.with(bug).firstToyFailure(1, SEEDS);
    assertThat(found).as("no seed finds it").contains("kind=" + kind);
    long seed = Long.parseLong(found.substring(0, found.indexOf(' ')));
    assertThat(SeedRuns.firstToyFailure(seed, seed)).as("without the mistake").isEmpty();
  }

  @Test
  void aFenceThatComesTooLate() throws Exception {
    isFound(FENCE_COMES_TOO_LATE, Report.Kind.DIVERGED);
  }

  @Test
  void aSpentKeyThatIsKept() throws Exception {
    isFound(KEY_IS_KEPT, Report.Kind.NOT_RENEWED);
  }

  @Test
  void aNewKeyThatIsNotTold() throws Exception {
    isFound(NEW_KEY_IS_NOT_TOLD, Report.Kind.NOT_RENEWED);
  }

  /** The toy counter may refuse what is written again, the real one never does. */
  @Test
  void whatAForkTookBackAndIsNotWrittenAgain() throws Exception {
    String found =
        PatchedKernel.with(LOST_IS_NOT_WRITTEN_AGAIN).firstFailure(LOSING_SEED, LOSING_SEED);
    assertThat(found).contains("kind=" + Report.Kind.LOST);
    assertThat(SeedRuns.firstFailure(LOSING_SEED, LOSING_SEED)).as("without the mistake").isEmpty();
  }
}

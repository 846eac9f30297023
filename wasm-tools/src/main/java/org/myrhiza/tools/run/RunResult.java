// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What became of a {@link RunJob}. */
public sealed interface RunResult {
  /**
   * The function returned.
   *
   * @param text its result in WAVE, or null for a function without one
   * @param fuel what the call used, if it was metered
   */
  record Returned(@Nullable String text, OptionalLong fuel) implements RunResult {}

  /**
   * The call was asked for wrongly: nothing ran.
   *
   * @param problem what is wrong with it
   */
  record Misused(Problem problem) implements RunResult {}

  /**
   * The component was not taken, or the call did not return.
   *
   * @param problem how it ended
   */
  record Failed(Problem problem) implements RunResult {}
}

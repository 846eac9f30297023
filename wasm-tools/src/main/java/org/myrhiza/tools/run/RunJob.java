// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

import java.util.OptionalLong;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.wasm.meter.Accounts;

/**
 * A call that is asked for.
 *
 * @param file what messages call the component
 * @param component its bytes
 * @param call {@code name(arguments)} or {@code interface#name(arguments)}, arguments in WAVE
 * @param fuel how much the call may use, from 1 to {@link #MOST_FUEL}; empty for a component that
 *     is not metered
 */
public record RunJob(String file, Bytes component, String call, OptionalLong fuel) {
  /** As much as metered code can count. */
  public static final int MOST_FUEL = Accounts.MOST_FUEL;

  /** Checks the fuel. */
  public RunJob {
    if (fuel.isPresent() && (fuel.getAsLong() <= 0 || fuel.getAsLong() > MOST_FUEL)) {
      throw new IllegalArgumentException("fuel of " + fuel + ", allowed 1 to " + MOST_FUEL);
    }
  }
}

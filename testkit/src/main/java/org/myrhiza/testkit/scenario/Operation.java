// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import org.myrhiza.testkit.sim.FaultKind;

/** One thing that happens in a scenario. */
public sealed interface Operation {
  /**
   * When it happens, in milliseconds since all peers that begin together have joined.
   *
   * @return 0 or more
   */
  long atMillis();

  /**
   * A user acts; if the peer is not there then, as soon as it is.
   *
   * @param atMillis when
   * @param peer the peer's number, from 0
   * @param action an action of the app
   * @param value what goes with it; empty for nothing
   */
  record Act(long atMillis, int peer, String action, String value) implements Operation {}

  /**
   * Something goes wrong.
   *
   * @param atMillis when
   * @param kind what
   * @param peer number of the peer that it strikes, or the next one that is up
   * @param strength how bad, or in which way; its meaning depends on the kind
   * @param forMillis how long it lasts, 0 for what is done at once
   */
  record Trouble(long atMillis, FaultKind kind, int peer, int strength, long forMillis)
      implements Operation {}
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.myrhiza.state.Overlay;

/**
 * The app's {@code apply}: a pure function of the state, the event and the fuel. The same arguments
 * give the same writes and, but for a host's failure, the same outcome on every engine.
 */
@FunctionalInterface
public interface Applier {
  /** Runs the app on one event. Whatever the outcome, the caller decides about the writes. */
  Outcome apply(Overlay state, Delivery event, long fuelBudget);
}

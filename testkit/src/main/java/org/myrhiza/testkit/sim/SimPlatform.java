// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import org.myrhiza.bytes.Bytes;

/** What simulations run on: engines, cryptography and apps. */
public interface SimPlatform {
  /** A simulation without peers. */
  Simulation simulation(long seed, Faults faults);

  /** How many engines there are to run guests on; with one of them, engines cannot be mixed. */
  int engines();

  /** The file of an app's bundle, always the same bytes: {@code counter} or {@code poll}. */
  Bytes bundleFile(String app);
}

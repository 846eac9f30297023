// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.List;
import java.util.function.LongFunction;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.Input;

/** Who can be in a channel of the simulated network. */
interface Member {
  /** Its number in the simulation, from 0. */
  int index();

  /** The key by which links know it. */
  PublicKey transport();

  /** Takes an input now, with the time that its own clock shows. */
  void tell(LongFunction<Input> input);

  /** Takes inputs a moment later, one after the other, unless it is gone by then. */
  void later(List<LongFunction<Input>> inputs);
}

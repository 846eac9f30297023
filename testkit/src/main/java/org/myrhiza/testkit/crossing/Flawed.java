// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.List;
import org.myrhiza.bytes.Bytes;

/**
 * A value as a guest gives it, with one flaw.
 *
 * @param flaw what is unusual
 * @param address where its memory begins
 * @param memory the guest's memory from there on
 * @param flat the bits of each core value: the arguments of the host's function, or the result
 */
public record Flawed(Flaw flaw, int address, Bytes memory, List<Long> flat) {
  /** Copies the list. */
  public Flawed {
    flat = List.copyOf(flat);
  }
}

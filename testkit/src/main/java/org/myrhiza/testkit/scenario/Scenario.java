// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.myrhiza.testkit.sim.FaultKind;

/**
 * All that a run depends on: the same scenario gives the same run on every stack.
 *
 * @param seed what chance is drawn from while it runs
 * @param play the app, and what its users do
 * @param peers peers, 1 or more; copies of stores and hostile members come in addition
 * @param operations what happens, ascending by time
 */
public record Scenario(long seed, Play play, int peers, List<Operation> operations) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no peer, or an operation names one that is none
   */
  public Scenario {
    operations = List.copyOf(operations);
    if (peers < 1) {
      throw new IllegalArgumentException("peers " + peers);
    }
    for (Operation operation : operations) {
      int peer = peerOf(operation);
      if (peer < 0 || peer >= peers) {
        throw new IllegalArgumentException("peer " + peer + " of " + peers);
      }
    }
  }

  static int peerOf(Operation operation) {
    return switch (operation) {
      case Operation.Act act -> act.peer();
      case Operation.Trouble trouble -> trouble.peer();
    };
  }

  /** How often users act. */
  public long acts() {
    return operations.stream().filter(each -> each instanceof Operation.Act).count();
  }

  /** What is to go wrong. */
  public Set<FaultKind> faults() {
    Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
    for (Operation operation : operations) {
      if (operation instanceof Operation.Trouble trouble) {
        faults.add(trouble.kind());
      }
    }
    return faults;
  }

  /** When the last fault has ended, in milliseconds. */
  long endMillis() {
    long end = 0;
    for (Operation operation : operations) {
      long lasts = operation instanceof Operation.Trouble trouble ? trouble.forMillis() : 0;
      end = Math.max(end, operation.atMillis() + lasts);
    }
    return end;
  }

  /** The same with other operations. */
  Scenario with(List<Operation> others) {
    return new Scenario(seed, play, peers, others);
  }
}

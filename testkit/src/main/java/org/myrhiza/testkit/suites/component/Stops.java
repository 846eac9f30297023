// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import org.myrhiza.wasm.abi.AbiStop;

/** How crossings have to end. */
final class Stops {
  private Stops() {}

  /** The guest breaks this rule of the Canonical ABI. */
  static void assertRule(String rule, Executable work) {
    AbiStop stop = assertThrows(AbiStop.class, work);
    assertEquals(new AbiStop.Cause.BrokenRule(rule), stop.reason());
  }

  /** The host gave what is not of the type. */
  static void assertBug(Executable work) {
    AbiStop stop = assertThrows(AbiStop.class, work);
    assertInstanceOf(AbiStop.Cause.HostBug.class, stop.reason());
  }
}

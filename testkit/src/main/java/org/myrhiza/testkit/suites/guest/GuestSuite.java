// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;
import org.myrhiza.guest.Admission;
import org.myrhiza.guest.ApplyOutcome;
import org.myrhiza.guest.Guests;
import org.myrhiza.guest.ProfileComponent;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.wasm.link.TrapKind;

/**
 * The apps and the fixtures on every engine: the same verdicts, the same fuel, nothing left over.
 */
public final class GuestSuite {
  private static final long FUEL = 1_000_000L;
  private static final Bytes NOTHING = Bytes.EMPTY;
  private static final Bytes FIVE = Bytes.hex("0000000000000005");

  private final TestEngine engine = TestStack.current().engine();

  /** Makes the suite; skipped where the stack has no engine. */
  public GuestSuite() {}

  @Test
  void callCounter_countsOneEveryTime_whateverHappenedBefore() {
    Guested counter = open("call-counter", BuiltApps.fixture("call-counter"));
    for (int round = 0; round < 3; round++) {
      assertReason("global 1, memory 1", counter.apply(2, NOTHING, FUEL));
      assertEquals(new ApplyOutcome.Trapped(TrapKind.INSTRUCTION), counter.apply(3, NOTHING, FUEL));
      assertReason("global 1, memory 1", counter.apply(2, NOTHING, FUEL));
      ApplyOutcome grown = counter.apply(4, NOTHING, FUEL);
      assertTrue(grown.toString().contains("global 1, memory 1, pages 4"), grown.toString());
      assertEquals(grown, counter.apply(4, NOTHING, FUEL));
      assertEquals(new ApplyOutcome.OutOfFuel(), counter.apply(2, NOTHING, 700));
      assertInstanceOf(ApplyOutcome.Accepted.class, counter.apply(1, NOTHING, FUEL));
      assertEquals(Bytes.of(1, 1), counter.entries.firstEntry().getValue());
    }
  }

  private Guested open(String path, Bytes component) {
    return Guested.open(engine, Guested.of(path, Profile.STATE_APPLY, component));
  }

  private static void assertReason(String reason, ApplyOutcome seen) {
    assertEquals(reason, seen instanceof ApplyOutcome.Rejected r ? r.reason() : seen.toString());
  }

  @Test
  void budgets_belowTheNeedAreOutOfFuel_fromItOnTheyAreNot() {
    Guested counter = open("counter", BuiltApps.component("counter", Profile.STATE_APPLY));
    ApplyOutcome first = counter.apply(1, FIVE, FUEL);
    long need = assertInstanceOf(ApplyOutcome.Accepted.class, first).fuel();
    for (long budget = 1; budget < need + 5; budget += budget < need - 40 ? 97 : 1) {
      counter.entries.clear();
      assertEquals(
          budget < need ? new ApplyOutcome.OutOfFuel() : new ApplyOutcome.Accepted(need),
          counter.apply(1, FIVE, budget),
          engine.engine().name() + " with " + budget);
    }
  }

  @Test
  void anUndeclaredImport_isRefusedByName() {
    Bytes component = BuiltApps.component("counter", Profile.STATE_APPLY);
    Admission admission =
        Guests.admit(
            List.of(
                new ProfileComponent(
                    "apply.wasm",
                    Profile.STATE_APPLY,
                    component,
                    List.of("myrhiza:kernel/state-read@0.1.0"))));
    Admission.Refused refused = assertInstanceOf(Admission.Refused.class, admission);
    assertTrue(refused.reason().contains("apply.wasm"), refused.toString());
  }

  @Test
  void aComponentOfAnotherWorld_isRefusedForItsExports() {
    Bytes component = BuiltApps.component("counter", Profile.STATE_PROPOSE);
    Admission.Refused refused =
        assertInstanceOf(
            Admission.Refused.class,
            Guests.admit(List.of(Guested.of("p.wasm", Profile.INTERACTION, component))));
    assertEquals("export creation-form", refused.what());
  }
}

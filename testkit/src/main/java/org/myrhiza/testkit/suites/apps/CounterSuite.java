// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.myrhiza.testkit.suites.apps.RunningApp.FOUNDER;
import static org.myrhiza.testkit.suites.apps.RunningApp.OTHER;
import static org.myrhiza.testkit.suites.apps.RunningApp.field;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.apps.BuiltApps;

/** The counter's rules, in its own components. */
public final class CounterSuite {
  private static final String ACCEPTED = "accepted";
  private static final String BAD_AMOUNT =
      "The amount must be a whole number from 1 to 9223372036854775807.";
  private static final String RANGE =
      "The value would leave the range from -9223372036854775808 to 9223372036854775807.";
  private static final String MOST = "9223372036854775807";

  /** Makes the suite. */
  public CounterSuite() {}

  private static RunningApp counter(String name) {
    RunningApp app = new RunningApp(BuiltApps.draft(name));
    assertEquals(ACCEPTED, app.create());
    return app;
  }

  private static void assertValue(String value, RunningApp app) {
    assertTrue(app.view(OTHER).contains("Value: " + value + "\n"), app.view(OTHER));
  }

  @Test
  void addAndSubtract_anyAmounts_giveTheirSum() {
    RunningApp app = counter("counter");
    assertValue("0", app);
    assertEquals(ACCEPTED, app.act(FOUNDER, "add", field("amount", "41")));
    assertEquals(ACCEPTED, app.act(OTHER, "add"));
    assertEquals(ACCEPTED, app.act(OTHER, "subtract", field("amount", "100")));
    assertValue("-58", app);
  }

  @Test
  void logic_livesInTheComponent_aStepOfTwoCountsTwice() {
    RunningApp app = counter("counter-step2");
    assertEquals(ACCEPTED, app.act(FOUNDER, "add", field("amount", "21")));
    assertValue("42", app);
  }

  @Test
  void overflow_inEitherDirection_isRejectedAndChangesNothing() {
    RunningApp app = counter("counter");
    assertEquals(ACCEPTED, app.act(OTHER, "add", field("amount", MOST)));
    assertEquals(RANGE, app.act(OTHER, "add"));
    assertValue(MOST, app);
    assertEquals(ACCEPTED, app.act(OTHER, "subtract", field("amount", MOST)));
    assertEquals(ACCEPTED, app.act(OTHER, "subtract", field("amount", MOST)));
    assertEquals(ACCEPTED, app.act(OTHER, "subtract"));
    assertValue("-9223372036854775808", app);
    assertEquals(RANGE, app.act(OTHER, "subtract"));
    assertEquals(RANGE, counter("counter-step2").act(OTHER, "add", field("amount", MOST)));
  }

  @Test
  void randomChanges_matchTheModel() {
    Seeded random = new Seeded(41);
    RunningApp app = counter("counter");
    BigInteger model = BigInteger.ZERO;
    for (int i = 0; i < 200; i++) {
      boolean add = random.nextBoolean();
      long amount = (random.nextLong() >>> 1) >>> random.nextInt(63);
      Bytes body = CanonicalWriter.write(w -> w.u64(amount));
      BigInteger by = BigInteger.valueOf(add ? amount : -amount);
      boolean fits = amount > 0 && model.add(by).bitLength() <= 63;
      String verdict = app.apply(OTHER, add ? 1 : 2, body);
      assertEquals(fits, verdict.equals(ACCEPTED), "seed 41, step " + i + ": " + verdict);
      model = fits ? model.add(by) : model;
    }
    assertValue(model.toString(), app);
  }

  @Test
  void reset_byTheFounderOnly() {
    RunningApp app = counter("counter");
    assertEquals(ACCEPTED, app.act(OTHER, "add", field("amount", "5")));
    assertEquals("Only the founder of this counter can reset it.", app.act(OTHER, "reset"));
    assertValue("5", app);
    assertTrue(app.view(FOUNDER).contains("reset"));
    assertFalse(app.view(OTHER).contains("reset"));
    assertEquals(ACCEPTED, app.act(FOUNDER, "reset"));
    assertValue("0", app);
  }

  @Test
  void amounts_thatAreNone_areRefusedBeforeAnythingIsSigned() {
    RunningApp app = counter("counter");
    for (String amount :
        new String[] {"", "0", "-1", "x", "1.5", "1 ", "+", "9223372036854775808", "1e3"}) {
      assertEquals(BAD_AMOUNT, app.act(OTHER, "add", field("amount", amount)), amount);
    }
    assertEquals(ACCEPTED, app.act(OTHER, "add", field("amount", "+7")));
    assertEquals("A counter knows add, subtract and reset, not fly.", app.act(OTHER, "fly"));
  }

  @Test
  void bodies_ofAStranger_areRejected() {
    RunningApp app = counter("counter");
    assertEquals(BAD_AMOUNT, app.apply(OTHER, 1, Bytes.EMPTY));
    assertEquals(BAD_AMOUNT, app.apply(OTHER, 1, Bytes.hex("00000000000000")));
    assertEquals(BAD_AMOUNT, app.apply(OTHER, 2, Bytes.hex("ffffffffffffffff")));
    assertEquals("A reset carries nothing.", app.apply(FOUNDER, 3, Bytes.of(0)));
    assertEquals(
        "This counter does not know events with tag 4294967295.",
        app.apply(OTHER, -1, Bytes.EMPTY));
    assertEquals("A counter is created without any settings.", app.apply(FOUNDER, 0, Bytes.of(1)));
    assertEquals(0, app.entries());
  }
}

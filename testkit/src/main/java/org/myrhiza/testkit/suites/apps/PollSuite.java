// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.myrhiza.testkit.suites.apps.RunningApp.FOUNDER;
import static org.myrhiza.testkit.suites.apps.RunningApp.OTHER;
import static org.myrhiza.testkit.suites.apps.RunningApp.field;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.view.Field;

/** The poll's rules, in its own components. */
public final class PollSuite {
  private static final String ACCEPTED = "accepted";
  private static final String TEA = "Gr\u00fcn";
  private static final String POT = "\ud83e\uded6";

  /** Makes the suite. */
  public PollSuite() {}

  private static RunningApp fresh() {
    return new RunningApp(BuiltApps.draft("poll"));
  }

  private static RunningApp poll() {
    RunningApp app = fresh();
    assertEquals(
        ACCEPTED,
        app.create(
            field("title", "Tea \u2615?"),
            field("option", TEA),
            field("option", "Black"),
            field("option", POT)));
    return app;
  }

  private static Field choice(String option) {
    return field("option", option);
  }

  private static void assertShows(RunningApp app, String... lines) {
    String view = app.view(OTHER);
    for (String line : lines) {
      assertTrue(view.contains(line), line + " in\n" + view);
    }
  }

  @Test
  void vote_onePerPrincipal_theLastOneCounts() {
    RunningApp app = poll();
    assertShows(app, "Tea \u2615?", TEA + ": 0", "Black: 0", POT + ": 0", "0 votes");
    assertEquals(ACCEPTED, app.act(FOUNDER, "vote", choice(TEA)));
    assertEquals(ACCEPTED, app.act(OTHER, "vote", choice(TEA)));
    assertShows(app, TEA + ": 2", "2 votes", "You voted for " + TEA + ".");
    assertEquals(ACCEPTED, app.act(OTHER, "vote", choice(POT)));
    assertEquals(ACCEPTED, app.act(OTHER, "vote", choice(POT)));
    assertShows(app, TEA + ": 1", POT + ": 1", "2 votes", "You voted for " + POT + ".");
  }

  @Test
  void end_byTheCreatorOnly_thenVotesAreRejected() {
    RunningApp app = poll();
    assertEquals("Only the creator of this poll can end it.", app.act(OTHER, "end"));
    assertTrue(app.view(FOUNDER).contains("end"));
    assertFalse(app.view(OTHER).contains("End poll"));
    assertEquals(ACCEPTED, app.act(FOUNDER, "end"));
    assertEquals("This poll has already ended.", app.act(FOUNDER, "end"));
    assertEquals(
        "This poll has ended; votes no longer count.", app.act(OTHER, "vote", choice("Black")));
    assertShows(app, "This poll has ended.", "0 votes");
    assertFalse(app.view(FOUNDER).contains("vote "));
  }

  @Test
  void create_outsideTheBounds_saysWhatIsWrong() {
    RunningApp app = fresh();
    assertTrue(app.creationForm().contains("option"), app.creationForm());
    assertEquals("A poll needs a question.", app.create(choice("a"), choice("b")));
    Field title = field("title", "Q?");
    assertEquals("A poll has 2 to 16 options; 1 given.", app.create(title, choice("a")));
    Field[] many = new Field[18];
    many[0] = title;
    for (int i = 1; i < many.length; i++) {
      many[i] = choice("option " + i);
    }
    assertEquals("A poll has 2 to 16 options; 17 given.", app.create(many));
    assertEquals("The option \"a\" is there twice.", app.create(title, choice("a"), choice("a")));
    assertEquals(
        "An option is empty; fill it in or leave it out.",
        app.create(title, choice("a"), choice("")));
    String tooLong = "\u00e9".repeat(32) + "x";
    assertEquals(
        "An option may have at most 64 bytes; shorten \"" + tooLong + "\".",
        app.create(title, choice("a"), choice(tooLong)));
    assertEquals(0, app.entries());
    assertEquals(ACCEPTED, app.create(title, choice("a"), choice("\u00e9".repeat(32))));
  }

  @Test
  void votes_thatNameNoOption_areRefused() {
    RunningApp app = poll();
    assertEquals("This poll has no option \"Mate\".", app.act(OTHER, "vote", choice("Mate")));
    assertEquals("Choose exactly one option.", app.act(OTHER, "vote"));
    assertEquals("This poll has no option 4.", app.apply(OTHER, 1, Bytes.of(3)));
    assertEquals("A vote names exactly one option.", app.apply(OTHER, 1, Bytes.of(0, 0)));
    assertEquals("A vote names exactly one option.", app.apply(OTHER, 1, Bytes.EMPTY));
    assertEquals("A poll knows vote and end, not fly.", app.act(OTHER, "fly"));
    assertEquals("This poll has no question to vote on.", fresh().apply(OTHER, 1, Bytes.of(0)));
  }

  @Test
  void settings_ofAStranger_areRejectedOrWithinTheBounds() {
    Bytes good = Bytes.hex("0002513f02000161000162");
    RunningApp app = fresh();
    for (int size = 0; size < good.size(); size++) {
      assertFalse(app.apply(FOUNDER, 0, good.slice(0, size)).equals(ACCEPTED), "cut to " + size);
    }
    Seeded random = new Seeded(42);
    for (int i = 0; i < 300; i++) {
      byte[] changed = good.toArray();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      String verdict = app.apply(FOUNDER, 0, Bytes.adopt(changed));
      assertFalse(
          verdict.startsWith("trapped") || verdict.startsWith("host"),
          "seed 42, round " + i + ": " + verdict);
    }
    assertEquals(
        "The settings of this poll are malformed.",
        app.apply(FOUNDER, 0, Bytes.hex("0002c02802000161000162")));
    assertEquals(ACCEPTED, app.apply(FOUNDER, 0, good));
    assertShows(app, "Q?", "a: 0", "b: 0");
  }
}

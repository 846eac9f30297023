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
import org.myrhiza.bytes.Utf8;
import org.myrhiza.testkit.apps.BuiltApps;

/** The chat's rules, in its own components. */
public final class ChatSuite {
  private static final String ACCEPTED = "accepted";
  private static final String TOO_LONG = "A message may have at most 4096 bytes; shorten it.";
  private static final int MOST = 4_096;

  /** Makes the suite. */
  public ChatSuite() {}

  private static RunningApp chat() {
    RunningApp app = new RunningApp(BuiltApps.draft("chat"));
    assertEquals(ACCEPTED, app.create());
    return app;
  }

  private static String say(RunningApp app, Bytes principal, String text) {
    return app.act(principal, "say", field("text", text));
  }

  private static String name(RunningApp app, Bytes principal, String name) {
    return app.act(principal, "name", field("name", name));
  }

  private static void assertShows(RunningApp app, String... inThisOrder) {
    String view = app.view(OTHER);
    int from = 0;
    for (String text : inThisOrder) {
      int at = view.indexOf(text, from);
      assertTrue(at >= 0, text + " after offset " + from + " of\n" + view);
      from = at + text.length();
    }
  }

  @Test
  void messages_areShownInOrder_withWhoSaidThem() {
    RunningApp app = chat();
    assertShows(app, "Nobody has said anything yet.");
    assertEquals(ACCEPTED, say(app, FOUNDER, "  Gr\u00fc\u00dfe \ud83e\uded6 "));
    assertEquals(ACCEPTED, say(app, OTHER, "hello"));
    assertShows(app, "01010101: Gr\u00fc\u00dfe \ud83e\uded6\n", "02020202: hello\n");
    assertFalse(app.view(OTHER).contains("Nobody"));
  }

  @Test
  void name_isShownWithTheKey_alsoForEarlierMessages() {
    RunningApp app = chat();
    assertEquals(ACCEPTED, say(app, FOUNDER, "first"));
    assertEquals(ACCEPTED, name(app, FOUNDER, "Ana"));
    assertEquals(ACCEPTED, name(app, OTHER, "Ana"));
    assertEquals(ACCEPTED, say(app, OTHER, "second"));
    assertShows(app, "Ana (01010101): first", "Ana (02020202): second");
    assertEquals(ACCEPTED, name(app, FOUNDER, "Bo"));
    assertShows(app, "Bo (01010101): first", "Ana (02020202): second");
  }

  @Test
  void view_ofManyMessages_showsTheLatestFifty() {
    RunningApp app = chat();
    for (int i = 0; i < 300; i++) {
      assertEquals(ACCEPTED, say(app, i % 2 == 0 ? FOUNDER : OTHER, "number " + i + "."));
    }
    assertShows(app, "250 earlier messages", "number 250.", "number 255.", "number 299.");
    assertFalse(app.view(OTHER).contains("number 249."));
    assertEquals(301, app.entries());
  }

  @Test
  void view_ofTheLongestMessages_isWithinItsBounds() {
    RunningApp app = chat();
    String longest = "\u20ac".repeat(MOST / 3) + "x";
    for (int i = 0; i < 51; i++) {
      assertEquals(ACCEPTED, say(app, FOUNDER, longest));
    }
    assertShows(app, "1 earlier message\n", longest, longest);
  }

  @Test
  void messagesAndNames_outsideTheBounds_areRefusedByBothComponents() {
    RunningApp app = chat();
    assertEquals("A message needs some text.", say(app, FOUNDER, "  "));
    assertEquals("A message needs some text.", app.apply(FOUNDER, 1, Bytes.EMPTY));
    assertEquals(TOO_LONG, say(app, FOUNDER, "x".repeat(MOST + 1)));
    assertEquals(TOO_LONG, app.apply(FOUNDER, 1, Bytes.zeros(MOST + 1)));
    assertEquals("A name needs at least one letter.", name(app, FOUNDER, ""));
    String tooLong = "\u00e9".repeat(16) + "x";
    assertEquals("A name may have at most 32 bytes; shorten it.", name(app, FOUNDER, tooLong));
    assertEquals(
        "A name may have at most 32 bytes; shorten it.",
        app.apply(FOUNDER, 2, Utf8.encode(tooLong)));
    assertEquals(0, app.entries());
    assertEquals(ACCEPTED, say(app, FOUNDER, "x".repeat(MOST)));
    assertEquals(ACCEPTED, name(app, FOUNDER, "\u00e9".repeat(16)));
  }

  @Test
  void eventsOfAStranger_thatNoComponentMade_areRejected() {
    RunningApp app = chat();
    for (String bad : new String[] {"ff", "c080", "e28a", "eda080", "f4908080", "41ff"}) {
      assertEquals("A message has to be text.", app.apply(OTHER, 1, Bytes.hex(bad)));
      assertEquals("A name has to be text.", app.apply(OTHER, 2, Bytes.hex(bad)));
    }
    assertEquals(
        "This chat does not know events with tag 3.", app.apply(OTHER, 3, Utf8.encode("x")));
    assertEquals("A chat is created without any settings.", app.apply(OTHER, 0, Bytes.of(1)));
    assertEquals("A chat knows say and name, not fly.", app.act(OTHER, "fly"));
    assertEquals(0, app.entries());
  }
}

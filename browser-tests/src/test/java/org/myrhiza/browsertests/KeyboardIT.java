// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.myrhiza.view.Field;
import org.openqa.selenium.Keys;

/** The whole page by keyboard alone: nothing here clicks. */
final class KeyboardIT {
  private static final List<Field> LUNCH =
      List.of(
          new Field("title", "What is for lunch?"),
          new Field("option", "Soup"),
          new Field("option", "Bread"));

  private static final List<String> CLIPBOARD =
      List.of("clipboardReadWrite", "clipboardSanitizedWrite");

  @Test
  void joiningActingVotingInvitingAndLeaving_needNoPointer() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged counter = stage.create("counter", "keys");
      Stage.Staged poll = stage.create("poll", "lunch", LUNCH);
      Tab page = stage.open("a");
      page.until("the join form", () -> page.shown("join-button"));
      page.command("Browser.grantPermissions", Map.of("permissions", CLIPBOARD));

      pasteInvitation(page, counter);
      page.until("the question", () -> page.shown("consent"));
      assertThat(page.focused()).as("the careful answer is proposed").isEqualTo("refuse");
      page.keys(Keys.ESCAPE);
      page.until("an answer", () -> !page.shown("consent") && page.canJoin());
      assertThat(page.has(counter)).isFalse();

      pasteInvitation(page, counter);
      trust(page, counter);
      page.tabTo(page.inCard(counter, "form[data-action=add] [name=amount]"));
      page.holding(Keys.CONTROL, "a");
      page.keys("5", Keys.ENTER);
      page.until("the sum", () -> page.strong(counter).equals("5"));
      page.tabTo(page.inCard(counter, "button[data-action=subtract]"));
      page.keys(Keys.SPACE);
      page.until("the difference", () -> page.strong(counter).equals("4"));

      pasteInvitation(page, poll);
      trust(page, poll);
      page.tabTo(page.inCard(poll, "select"));
      page.keys(Keys.ARROW_DOWN);
      page.tabTo(page.inCard(poll, "button[data-action=vote]"));
      page.keys(Keys.ENTER);
      page.until("the vote", () -> page.cardText(poll).contains("You voted for Bread."));
      page.awaitSame(stage, poll, 1);

      page.tabTo(page.inCard(poll, "[data-role=invite]"));
      page.keys(Keys.ENTER);
      page.until("a word about it", () -> page.answer(poll).contains("clipboard"));
      page.tabTo(page.inCard(poll, "[data-role=leave]"));
      page.keys(Keys.ENTER);
      page.until("it is gone", () -> !page.has(poll));
      assertThat(page.has(counter)).isTrue();
    }
  }

  private static void pasteInvitation(Tab page, Stage.Staged app) {
    page.driver()
        .executeAsyncScript(
            "navigator.clipboard.writeText(arguments[0]).then(arguments[1])", app.invite());
    page.tabTo("#invite");
    page.holding(Keys.CONTROL, "a");
    page.holding(Keys.CONTROL, "v");
    page.keys(Keys.ENTER);
  }

  private static void trust(Tab page, Stage.Staged app) {
    page.until("the question", () -> page.shown("consent"));
    page.tabTo("#trust");
    page.keys(Keys.ENTER);
    page.awaitCard(app);
  }
}

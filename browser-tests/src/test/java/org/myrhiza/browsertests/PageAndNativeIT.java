// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The page and a native peer run the same apps together over a real relay. */
final class PageAndNativeIT {
  private static final int WRITES = 10;

  @Test
  void bothWriteAtOnce_andAgreeOnOneDigest() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "both");
      Tab page = stage.open("a");
      page.join(app);
      for (int i = 0; i < WRITES; i++) {
        page.press(app, "add", 1, 1);
        stage.begin(app, "add", 100);
      }
      page.until("all numbers", () -> page.strong(app).equals("1010"));
      page.awaitSame(stage, app, WRITES);
      assertThat(stage.view(app)).contains("1010");
      assertThat(page.number(app, "accepted")).isEqualTo(stage.status(app).counts().accepted());
      assertThat(stage.signers(app)).hasSize(2);
    }
  }

  @Test
  void reloadedPage_isTheSamePeer_alsoWhileTheRelayIsAway_andMeetsItAgain() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "kept");
      Tab page = stage.open("a");
      page.join(app);
      page.act(app, "add", 1);
      page.driver().navigate().refresh();
      page.awaitCard(app);
      page.until("the number", () -> page.strong(app).equals("1"));
      page.act(app, "add", 2);
      page.awaitSame(stage, app, 2);
      page.driver().executeAsyncScript("navigator.serviceWorker.ready.then(arguments[0])");

      stage.stopRelay();
      page.driver().navigate().refresh();
      page.awaitCard(app);
      page.until("the number without a relay", () -> page.strong(app).equals("3"));
      page.act(app, "add", 4);
      stage.act(app, "add", 8);
      page.until("a word about the relay", () -> page.text("status").contains("no connection"));

      stage.startRelay();
      page.awaitSame(stage, app, 3);
      page.until("both sides' numbers", () -> page.strong(app).equals("15"));
      assertThat(stage.signers(app))
          .as("the page wrote under one key before and after its reloads")
          .hasSize(2);
    }
  }

  @Test
  void oneInvitation_letsOnePageIn_andTellsTheOther() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.createInvited("counter", "invited");
      Tab page = stage.open("a");
      page.join(app);
      page.act(app, "add", 1);
      page.awaitSame(stage, app, 1);
      assertThat(stage.view(app)).contains("1");

      Tab other = stage.open("b");
      other.join(app);
      other.until("what is there to read", () -> other.strong(app).equals("1"));
      other.press(app, "add", 5, 1);
      other.until("the reason", () -> other.answer(app).contains("invitation was used by"));
      other.awaitSame(stage, app, 0);
      assertThat(stage.signers(app)).hasSize(1);
    }
  }

  @Test
  void twoInstancesOfOneApp_shareNothing() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged one = stage.create("counter", "one");
      Stage.Staged two = stage.create("counter", "two");
      Tab page = stage.open("a");
      page.join(one);
      page.join(two);
      long before = page.number(two, "events");
      for (int i = 0; i < WRITES; i++) {
        page.act(one, "add", 1);
        stage.act(one, "add", 1);
      }
      page.act(two, "subtract", 5);
      page.awaitSame(stage, one, WRITES);
      page.awaitSame(stage, two, 1);
      assertThat(page.strong(one)).isEqualTo("20");
      assertThat(page.strong(two)).isEqualTo("-5");
      assertThat(page.number(two, "authored")).isLessThan(page.number(one, "authored"));
      assertThat(page.number(two, "events") - before)
          .as("the page's one write and the join that comes with the first")
          .isBetween(1L, 2L);
      assertThat(ids(stage, one)).doesNotContainAnyElementsOf(ids(stage, two));
    }
  }

  @Test
  void anotherStepInTheApp_stepsByTwoOnBothStacks() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter-step2", "by two");
      Tab page = stage.open("a");
      page.join(app);
      page.act(app, "add", 1);
      stage.act(app, "add", 1);
      page.awaitSame(stage, app, 1);
      page.until("two steps of two", () -> page.strong(app).equals("4"));
      assertThat(stage.view(app)).contains("4");
    }
  }

  private static List<String> ids(Stage stage, Stage.Staged app) throws Exception {
    return stage.log(app).stream().map(row -> row.event().bytes().toHex()).toList();
  }
}

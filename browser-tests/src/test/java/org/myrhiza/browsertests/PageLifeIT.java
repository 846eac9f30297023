// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** What a page survives: a killed browser, a second tab, and others who write under its fingers. */
final class PageLifeIT {
  private static final int BURST = 40;
  private static final int SEEN_BEFORE_THE_KILL = 12;

  @Test
  void killedBrowser_hasEveryWriteThatItShowed() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "kill");
      Tab page = stage.open("a");
      page.join(app);
      page.press(app, "add", 1, BURST);
      page.until("some durable writes", () -> page.number(app, "authored") >= SEEN_BEFORE_THE_KILL);
      long shown = page.number(app, "authored");
      stage.kill("a");

      Tab again = stage.open("a");
      again.awaitCard(app);
      again.awaitSame(stage, app, shown);
      again.act(app, "add", 1);
      again.awaitSame(stage, app, shown + 1);
      assertThat(Long.parseLong(again.strong(app)))
          .as("%s writes were shown before the kill", shown)
          .isGreaterThanOrEqualTo(shown);
    }
  }

  @Test
  void copiedProfile_writesAsANewDevice_saysSo_andNothingIsLost() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "copied");
      Tab page = stage.open("a");
      page.join(app);
      page.act(app, "add", 1);
      page.awaitSame(stage, app, 1);
      stage.kill("a");
      stage.copyProfile("a", "b");

      Tab original = stage.open("a");
      original.awaitCard(app);
      original.act(app, "add", 2);
      original.awaitSame(stage, app, 2);

      Tab copy = stage.open("b");
      copy.awaitCard(app);
      copy.press(app, "add", 4, 1);
      copy.until("the copy's own write", () -> copy.strong(app).equals("7"));
      copy.until("a word about it", () -> copy.text("notice").contains("writes as a new device"));
      original.until("what the copy wrote", () -> original.strong(app).equals("7"));
      original.awaitSame(stage, app, 2);
      copy.awaitSame(stage, app, 1);
      assertThat(original.shown("notice")).as("the original went on as it was").isFalse();
      assertThat(stage.signers(app)).as("the original's key and the copy's").hasSize(2);
    }
  }

  @Test
  void secondTab_showsAndCannotWrite_andTakesOver() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "tabs");
      Tab page = stage.open("a");
      page.join(app);
      String first = page.driver().getWindowHandle();
      page.driver().switchTo().newWindow(WindowType.TAB);
      String second = page.driver().getWindowHandle();
      page.go(stage.relay().pageUrl());
      page.awaitCard(app);
      assertThat(page.text("problem")).contains("another tab");
      assertThat(page.canPress(app, "add")).isFalse();
      assertThat(page.shown("join")).isFalse();
      stage.act(app, "add", 7);
      page.until("what others write", () -> page.strong(app).equals("7"));

      page.driver().switchTo().window(first).close();
      page.driver().switchTo().window(second);
      page.until("the right to write", () -> page.canPress(app, "add"));
      assertThat(page.shown("problem")).isFalse();
      page.act(app, "add", 1);
      page.awaitSame(stage, app, 1);
    }
  }

  @Test
  void focusAndTyping_stayWhileOthersWrite() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "typing");
      Tab page = stage.open("a");
      page.join(app);
      WebElement amount = page.driver().findElement(By.cssSelector(".card [name=amount]"));
      amount.clear();
      amount.sendKeys("4");
      stage.act(app, "add", 3);
      page.until("what others write", () -> page.strong(app).equals("3"));
      assertThat(page.driver().switchTo().activeElement()).isEqualTo(amount);
      amount.sendKeys("2\n");
      page.until("42 more, by keyboard alone", () -> page.strong(app).equals("45"));
      page.until(
          "the proposal in the emptied field", () -> "1".equals(amount.getDomProperty("value")));
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.time.Duration;
import java.util.List;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.view.Field;
import org.openqa.selenium.By;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A page in a real browser, used as a person would: paste the invitation, consent, type and press.
 * All numbers are read from the live page.
 */
public final class PagePlayer implements Player {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(5);

  private static final String PRESS =
      """
      const [instance, action, fields] = arguments;
      const card = document.querySelector(`.card[data-instance="${instance}"]`);
      const button = card?.querySelector(`button[data-action="${action}"]`);
      if (!button || button.disabled) {
        return false;
      }
      for (const [name, value] of fields) {
        const input = button.form?.querySelector(`[name="${name}"]`);
        if (!input) {
          return false;
        }
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }
      button.click();
      return true;
      """;

  private final String name;
  private final ChromeDriver driver;

  /** Opens the page. */
  public PagePlayer(String name, ChromeDriver driver, String page) {
    this.name = name;
    this.driver = driver;
    driver.get(page);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String stack() {
    return "browser";
  }

  @Override
  public String engine() {
    return "browser";
  }

  @Override
  public String join(Staged app) throws Failure {
    until("the join form", d -> d.findElement(By.id("invite")).isDisplayed());
    until("the join form", d -> d.findElement(By.id("join-button")).isEnabled());
    WebElement invite = driver.findElement(By.id("invite"));
    invite.clear();
    invite.sendKeys(app.invite());
    driver.findElement(By.id("join-button")).click();
    By card = card(app.instance());
    until(
        "the consent or the app",
        d -> d.findElement(By.id("trust")).isDisplayed() || !d.findElements(card).isEmpty());
    if (driver.findElement(By.id("trust")).isDisplayed()) {
      driver.findElement(By.id("trust")).click();
    }
    until("the app's card", d -> !d.findElements(card).isEmpty());
    until(
        "the app's view",
        d -> !d.findElements(in(app.instance(), "[data-role=view] > *")).isEmpty());
    return app.instance();
  }

  @Override
  public void act(String instance, String action, List<Field> fields) throws Failure {
    long before = seen(instance).authored();
    until(action, d -> press(instance, action, fields));
    until(action + " to be durable", d -> attribute(instance, "data-authored") > before);
  }

  /**
   * Fills in the fields and presses the button within one turn of the page, since a busy page draws
   * its views anew between any two commands of a driver.
   */
  private boolean press(String instance, String action, List<Field> fields) {
    List<List<String>> values =
        fields.stream().map(field -> List.of(field.name(), field.value())).toList();
    return Boolean.TRUE.equals(driver.executeScript(PRESS, instance, action, values));
  }

  @Override
  public Seen seen(String instance) {
    WebElement card = driver.findElement(card(instance));
    return new Seen(
        number(card, "data-events"),
        number(card, "data-authored"),
        number(card, "data-accepted"),
        number(card, "data-rejected"),
        number(card, "data-rollbacks"),
        String.valueOf(card.getDomAttribute("data-digest")));
  }

  private long attribute(String instance, String attribute) {
    return number(driver.findElement(card(instance)), attribute);
  }

  private static long number(WebElement card, String attribute) {
    return Long.parseLong(String.valueOf(card.getDomAttribute(attribute)));
  }

  private static By card(String instance) {
    return By.cssSelector(".card[data-instance='" + instance + "']");
  }

  private static By in(String instance, String selector) {
    return By.cssSelector(".card[data-instance='" + instance + "'] " + selector);
  }

  private void until(String what, java.util.function.Function<WebDriver, Boolean> holds)
      throws Failure {
    try {
      new WebDriverWait(driver, PATIENCE, GLANCE)
          .ignoring(org.openqa.selenium.NoSuchElementException.class)
          .until(holds);
    } catch (TimeoutException late) {
      String said =
          driver.findElement(By.id("join-answer")).getText()
              + " "
              + driver.findElement(By.id("problem")).getText();
      throw new Failure(
          ExitCode.UNREACHED,
          "timeout",
          "the page did not show "
              + what
              + " within "
              + PATIENCE.toSeconds()
              + " s: "
              + said.strip(),
          "",
          "");
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}

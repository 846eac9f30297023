// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a tab, used as a person uses it and read as a person reads it. */
final class Tab {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final Duration GLANCE = Duration.ofMillis(20);

  private static final String PRESS =
      """
      const [instance, action, amount, times] = arguments;
      const card = document.querySelector(`.card[data-instance="${instance}"]`);
      const button = card?.querySelector(`form button[data-action="${action}"]`);
      if (!button || button.disabled) {
        return false;
      }
      for (let i = 0; i < times; i++) {
        const input = button.form.querySelector('[name="amount"]');
        input.value = amount;
        button.click();
      }
      return true;
      """;

  private static final String ENTRIES =
      """
      const done = arguments[0];
      const request = indexedDB.open('myrhiza');
      request.onsuccess = () => {
        const stored = request.result.transaction(['entries', 'packs']);
        const counts = ['entries', 'packs'].map((name) => stored.objectStore(name).count());
        stored.oncomplete = () => {
          request.result.close();
          done(counts[0].result + counts[1].result);
        };
      };
      """;

  private static final String FOCUS_IS = "return document.activeElement.matches(arguments[0])";

  /** More than any page in these tests has stops of the tabulator. */
  private static final int MOST_STOPS = 40;

  private final ChromeDriver driver;

  Tab(ChromeDriver driver) {
    this.driver = driver;
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens an address. */
  void go(String url) {
    driver.get(url);
  }

  /** Runs a script in every document from now on before any of the document's own. */
  void beforeScripts(String script) {
    command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** Gives the browser itself a command, of its DevTools protocol. */
  Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  /** Waits until something holds; fails with what the page says. */
  void until(String what, Callable<Boolean> holds) {
    try {
      new WebDriverWait(driver, PATIENCE, GLANCE)
          .ignoring(NoSuchElementException.class, StaleElementReferenceException.class)
          .until(any -> ask(holds));
    } catch (TimeoutException late) {
      throw new AssertionError(
          what
              + " did not happen; the page says: "
              + driver.findElement(By.tagName("body")).getText()
              + "; console: "
              + driver.manage().logs().get(LogType.BROWSER).getAll(),
          late);
    }
  }

  private static boolean ask(Callable<Boolean> holds) {
    try {
      return holds.call();
    } catch (NoSuchElementException | StaleElementReferenceException notYet) {
      throw notYet;
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  /** Pastes an invitation and presses the button. */
  void paste(String invite) {
    until("the join form", () -> shown("join-button"));
    driver.findElement(By.id("invite")).sendKeys(invite);
    driver.findElement(By.id("join-button")).click();
  }

  /** Joins, agreeing when asked. */
  void join(Stage.Staged app) {
    paste(app.invite());
    until("a consent or the app", () -> shown("trust") || has(app));
    if (shown("trust")) {
      driver.findElement(By.id("trust")).click();
    }
    awaitCard(app);
  }

  /** Waits until the app's view is there. */
  void awaitCard(Stage.Staged app) {
    until("the app's view", () -> hasView(app));
  }

  /** Presses keys, wherever the focus is. */
  void keys(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses a key while another is held. */
  void holding(Keys held, CharSequence key) {
    new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
  }

  /** Presses the tabulator, forwards and then backwards, until something has the focus. */
  void tabTo(String selector) {
    for (int i = 0; i < 2 * MOST_STOPS; i++) {
      if (Boolean.TRUE.equals(driver.executeScript(FOCUS_IS, selector))) {
        return;
      }
      if (i < MOST_STOPS) {
        keys(Keys.TAB);
      } else {
        holding(Keys.SHIFT, Keys.TAB);
      }
    }
    throw new AssertionError("the tabulator does not reach " + selector);
  }

  /** Returns the id of what has the focus. */
  @Nullable String focused() {
    return driver.switchTo().activeElement().getDomAttribute("id");
  }

  /** Returns a selector for something in an app's card. */
  String inCard(Stage.Staged app, String selector) {
    return ".card[data-instance='" + app.instance() + "'] " + selector;
  }

  String cardText(Stage.Staged app) {
    return driver.findElement(card(app, "")).getText();
  }

  /** Returns what the app's card answers. */
  String answer(Stage.Staged app) {
    return driver.findElement(card(app, " > .answer")).getText();
  }

  /** Counts the apps whose view is there. */
  int cards() {
    return driver.findElements(By.cssSelector(".card [data-role=view] > :first-child")).size();
  }

  boolean hasView(Stage.Staged app) {
    return !driver.findElements(card(app, " [data-role=view] > *")).isEmpty();
  }

  boolean has(Stage.Staged app) {
    return !driver.findElements(card(app, "")).isEmpty();
  }

  boolean shown(String id) {
    return driver.findElement(By.id(id)).isDisplayed();
  }

  String text(String id) {
    return driver.findElement(By.id(id)).getText();
  }

  void click(String id) {
    driver.findElement(By.id(id)).click();
  }

  boolean canJoin() {
    return driver.findElement(By.id("join-button")).isEnabled();
  }

  /** Presses the button of a form so many times, whether or not the page is busy. */
  void press(Stage.Staged app, String action, int amount, int times) {
    Object pressed = driver.executeScript(PRESS, app.instance(), action, amount, times);
    if (!Boolean.TRUE.equals(pressed)) {
      throw new AssertionError("there is no enabled button " + action);
    }
  }

  /** Writes once and waits until the page says that it is durable. */
  void act(Stage.Staged app, String action, int amount) {
    long before = number(app, "authored");
    press(app, action, amount, 1);
    until("a durable " + action, () -> number(app, "authored") > before);
  }

  /** Returns one of the numbers of the app's card. */
  long number(Stage.Staged app, String name) {
    return Long.parseLong(attribute(app, name));
  }

  String attribute(Stage.Staged app, String name) {
    return Objects.requireNonNull(
        driver.findElement(card(app, "")).getDomAttribute("data-" + name), name);
  }

  /** Returns the number that a counter's view shows, or what else is there. */
  String strong(Stage.Staged app) {
    return driver.findElement(card(app, " .strong")).getText().replace("Value: ", "");
  }

  boolean canPress(Stage.Staged app, String action) {
    return driver.findElement(card(app, " button[data-action=" + action + "]")).isEnabled();
  }

  private static By card(Stage.Staged app, String inside) {
    return By.cssSelector(".card[data-instance='" + app.instance() + "']" + inside);
  }

  /** Counts what the page has stored beside its keys: single records and packs. */
  long entries() {
    return ((Number) Objects.requireNonNull(driver.executeAsyncScript(ENTRIES))).longValue();
  }

  /** Returns the tabs' handles. */
  List<String> handles() {
    return List.copyOf(driver.getWindowHandles());
  }

  /** Waits until page and native peer show one digest over the same events. */
  void awaitSame(Stage stage, Stage.Staged app, long authored) {
    until(
        "one digest here and natively, with " + authored + " written here",
        () ->
            number(app, "authored") >= authored
                && attribute(app, "digest").equals(stage.status(app).digest().toHex())
                && number(app, "events") == stage.status(app).counts().events());
  }
}

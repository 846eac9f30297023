// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.openqa.selenium.By;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The product's page in a fresh Chromium, which joins a topic as a user would. */
final class JoiningPage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final int TOLD_EVERY = 100;
  private static final long KILO = 1024;

  private static final String JOINABLE =
      """
      const field = document.getElementById('invite');
      return field?.offsetParent != null && !document.getElementById('join-button').disabled;
      """;
  private static final String TYPE = "document.getElementById('invite').value = arguments[0];";
  private static final String CONSENT =
      """
      const trust = document.getElementById('trust');
      if (trust?.offsetParent == null) {
        return false;
      }
      trust.click();
      return true;
      """;
  private static final String SYNCED =
      """
      const shown = document.querySelector('.card')?.dataset;
      return shown?.sync === 'synced' && shown?.digest === arguments[0];
      """;
  private static final String EVENTS =
      "return document.querySelector('.card')?.dataset?.events ?? '0';";

  private final Path profile;
  private final ChromeDriver driver;
  private final Consumer<String> progress;

  private JoiningPage(Path profile, ChromeDriver driver, Consumer<String> progress) {
    this.profile = profile;
    this.driver = driver;
    this.progress = progress;
  }

  /** Opens the page and waits until one can join. */
  static JoiningPage open(Rig rig, String url) throws Refused {
    Path profile = rig.profile();
    JoiningPage page = new JoiningPage(profile, HeadlessChromium.open(profile), rig::say);
    page.driver.get(url);
    page.until("a form to join", JOINABLE);
    return page;
  }

  /**
   * Joins, gives the consent, and waits until the page shows that it is complete.
   *
   * @return seconds from the press of the button
   */
  double join(String invite, String digest) throws Refused {
    driver.executeScript(TYPE, invite);
    Stopwatch watch = new Stopwatch();
    driver.findElement(By.id("join-button")).click();
    until("the consent", CONSENT);
    until("the digest " + digest, SYNCED, digest);
    return watch.stop().seconds();
  }

  /** Megabytes that the page's process holds of memory: the largest renderer's. */
  double residentMegabytes() {
    return ProcessHandle.current()
            .descendants()
            .filter(JoiningPage::isRenderer)
            .mapToLong(each -> Processes.kilobytes(each.pid(), "VmRSS:"))
            .max()
            .orElse(0)
        / (double) KILO;
  }

  private static boolean isRenderer(ProcessHandle process) {
    return Processes.commandLine(process.pid()).contains("--type=renderer");
  }

  /** Bytes of the page's database on the disk. */
  long diskBytes() throws Refused {
    return Processes.bytesBelow(profile, path -> path.toString().contains("IndexedDB"));
  }

  private void until(String what, String holds, Object... arguments) throws Refused {
    int[] glances = {0};
    try {
      new WebDriverWait(driver, PATIENCE, GLANCE)
          .until(d -> {
            if (++glances[0] % TOLD_EVERY == 0) {
              progress.accept("  " + driver.executeScript(EVENTS) + " events in the page so far");
            }
            return Boolean.TRUE.equals(driver.executeScript(holds, arguments));
          });
    } catch (TimeoutException late) {
      throw new Refused("the page does not show " + what, late);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}

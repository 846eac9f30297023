// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Starts Chromium without a window through its driver.
 *
 * <p>Both programs are looked for by path and nothing is ever downloaded. The caller ends the
 * browser with {@link ChromeDriver#quit()}; it ends with this process at the latest.
 */
public final class HeadlessChromium {
  private static final String BROWSER = "MYRHIZA_CHROMIUM";
  private static final String DRIVER = "MYRHIZA_CHROMEDRIVER";
  private static final List<String> BROWSERS =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
  private static final List<String> DRIVERS =
      List.of(
          "/usr/bin/chromedriver",
          "/usr/lib/chromium/chromedriver",
          "/usr/local/bin/chromedriver",
          "/opt/homebrew/bin/chromedriver");

  /** Held, so that its level stays: it would tell of every browser that is newer than Selenium. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static final Map<String, String> QUIET =
      Map.of("SE_OFFLINE", "true", "SE_AVOID_STATS", "true");

  private HeadlessChromium() {}

  /**
   * Says what is missing to start a browser.
   *
   * @return the name of the missing program and where it should be, or empty if both are there
   */
  public static Optional<String> missing() {
    return missing(BROWSER, BROWSERS, "chromium")
        .or(() -> missing(DRIVER, DRIVERS, "chromedriver"));
  }

  private static Optional<String> missing(String variable, List<String> places, String name) {
    if (find(variable, places).isPresent()) {
      return Optional.empty();
    }
    String named = System.getenv(variable);
    return Optional.of(
        named == null || named.isEmpty()
            ? name + " in any of its usual places"
            : name + " at " + named + ", which " + variable + " names");
  }

  /**
   * Starts a browser.
   *
   * @param profile folder of the browser's profile, made if it is not there; an empty one is a new
   *     browser, the same one again is the same browser after a restart
   * @return the running browser, its console log kept for {@code manage().logs()}
   * @throws IllegalStateException if {@link #missing()} names a program
   * @throws UncheckedIOException if the folder cannot be made
   * @throws org.openqa.selenium.WebDriverException if the browser does not start; its driver's log
   *     is {@code driver.log} in the folder
   */
  public static ChromeDriver open(Path profile) {
    return open(profile, List.of());
  }

  /**
   * Starts a browser with flags of its own beside the usual ones.
   *
   * @param profile as for {@link #open(Path)}
   * @param more further flags, such as {@code --host-resolver-rules=MAP example.test 127.0.0.1}
   * @return as for {@link #open(Path)}
   * @throws IllegalStateException if {@link #missing()} names a program
   */
  public static ChromeDriver open(Path profile, List<String> more) {
    Path browser = required(BROWSER, BROWSERS, "chromium");
    Path driver = required(DRIVER, DRIVERS, "chromium-driver");
    SELENIUM.setLevel(Level.SEVERE);
    make(profile);
    var options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(flags(profile));
    options.addArguments(more);
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .withEnvironment(QUIET)
            .withSilent(true)
            .withLogFile(new File(profile.toFile(), "driver.log"))
            .build();
    ChromeDriver started = new ChromeDriver(service, options);
    Leash.tieDescendants();
    return started;
  }

  /**
   * Makes an empty folder for a fresh browser's profile.
   *
   * @return a new folder in the system's folder for temporary files
   * @throws IOException if it cannot be made
   */
  public static Path freshProfile() throws IOException {
    return Files.createTempDirectory("myrhiza-chromium-");
  }

  /** The driver writes its log there before the browser would make the folder. */
  private static void make(Path profile) {
    try {
      Files.createDirectories(profile);
    } catch (IOException failed) {
      throw new UncheckedIOException("no folder for the browser at " + profile, failed);
    }
  }

  private static List<String> flags(Path profile) {
    var flags =
        new ArrayList<>(
            List.of(
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile));
    if ("root".equals(System.getProperty("user.name"))) {
      // Chromium refuses its sandbox to root; everybody else keeps it.
      flags.add("--no-sandbox");
    }
    return flags;
  }

  private static Path required(String variable, List<String> places, String name) {
    return find(variable, places)
        .orElseThrow(() ->
            new IllegalStateException(
                name + " is missing; on Debian: apt-get install chromium chromium-driver"));
  }

  private static Optional<Path> find(String variable, List<String> places) {
    String named = System.getenv(variable);
    List<String> candidates = named == null || named.isEmpty() ? places : List.of(named);
    return candidates.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }
}

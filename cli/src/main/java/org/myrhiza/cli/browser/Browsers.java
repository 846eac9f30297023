// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.browser;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;

/** Starts browsers for commands: what is in the way becomes a failure that says what to do. */
public final class Browsers {
  private Browsers() {}

  /**
   * Goes on only if there is a browser to start.
   *
   * @throws Failure that names what is missing and how to get it
   */
  public static void require() throws Failure {
    Optional<String> missing = HeadlessChromium.missing();
    if (missing.isPresent()) {
      throw new Failure(
          ExitCode.MISSING,
          "prerequisite",
          "there is no " + missing.get(),
          "On Debian: apt-get install chromium chromium-driver. Elsewhere set MYRHIZA_CHROMIUM and"
              + " MYRHIZA_CHROMEDRIVER to their paths.",
          "");
    }
  }

  /**
   * Starts a browser.
   *
   * @param profile as for {@link HeadlessChromium#open(Path)}
   * @return the running browser
   * @throws Failure if it does not start
   */
  public static ChromeDriver start(Path profile) throws Failure {
    try {
      return HeadlessChromium.open(profile);
    } catch (UncheckedIOException | WebDriverException failed) {
      throw new Failure(
          ExitCode.FAILED,
          "browser",
          "the browser did not start: " + firstLine(failed),
          "Look for what Chromium says when you start it by hand with --headless=new.",
          profile.toString());
    }
  }

  /** The first line of a message, since the driver adds many. */
  public static String firstLine(RuntimeException failed) {
    return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
  }
}

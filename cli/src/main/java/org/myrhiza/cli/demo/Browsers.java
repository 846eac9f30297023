// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Starts a headless Chromium with a profile of its own, driven through its driver. */
public final class Browsers {
  private static final List<String> CHROMIUM =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
  private static final List<String> DRIVER =
      List.of(
          "/usr/bin/chromedriver",
          "/usr/lib/chromium/chromedriver",
          "/usr/local/bin/chromedriver",
          "/opt/homebrew/bin/chromedriver");

  private Browsers() {}

  /**
   * Starts one.
   *
   * @param profile the folder of its profile, made when missing
   * @throws Failure exit 3 if browser or driver cannot be found
   */
  public static ChromeDriver start(Path profile) throws Failure {
    Path chromium = find("MYRHIZA_CHROMIUM", CHROMIUM, "Chromium");
    Path driver = find("MYRHIZA_CHROMEDRIVER", DRIVER, "Chromium's driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1440,1000",
        "--user-data-dir=" + profile.toAbsolutePath());
    if (isRoot()) {
      options.addArguments("--no-sandbox");
    }
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .withLogFile(
                new File(System.getProperty("os.name", "").startsWith("Win") ? "NUL" : "/dev/null"))
            .build();
    ChromeDriver started = new ChromeDriver(service, options);
    started.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    return started;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Path find(String variable, List<String> usual, String what) throws Failure {
    Optional<String> named =
        Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    return named.stream()
        .filter(Browsers::there)
        .findFirst()
        .or(() -> usual.stream().filter(Browsers::there).findFirst())
        .map(Path::of)
        .orElseThrow(() ->
            new Failure(
                ExitCode.MISSING,
                "prerequisite",
                what + " was not found",
                "On Debian: apt-get install chromium chromium-driver. Elsewhere set "
                    + variable
                    + " to its path.",
                ""));
  }

  private static boolean there(String path) {
    return Files.isExecutable(Path.of(path));
  }
}

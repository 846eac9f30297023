// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A browser of this command's own with a new profile. It ends, and its profile goes, when it is
 * closed or when the process is told to end, also while the browser is still starting.
 */
public final class FreshBrowser implements AutoCloseable {
  /** How long its processes may take to end by themselves, together below five seconds. */
  private static final int FAREWELL_MILLIS = 2_000;

  private final Path profile;
  private final List<ProcessHandle> others;
  private final Thread hook = new Thread(this::end, "myrhiza-browser-end");
  private @Nullable ChromeDriver driver;
  private boolean ended;

  private FreshBrowser(Path profile) {
    this.profile = profile;
    this.others = children();
  }

  /**
   * Starts one.
   *
   * @return the running browser
   * @throws Failure if there is none or it does not start
   */
  public static FreshBrowser open() throws Failure {
    Browsers.require();
    FreshBrowser browser = new FreshBrowser(profile());
    Runtime.getRuntime().addShutdownHook(browser.hook);
    try {
      browser.started(Browsers.start(browser.profile));
      return browser;
    } catch (Failure failed) {
      browser.close();
      throw failed;
    }
  }

  private static Path profile() throws Failure {
    try {
      return HeadlessChromium.freshProfile();
    } catch (IOException failed) {
      throw new Failure(
          ExitCode.FAILED,
          "browser",
          "no temporary folder can be made for the browser: " + failed.getMessage(),
          "Make room, or name another folder with TMPDIR.",
          "");
    }
  }

  private synchronized void started(ChromeDriver running) {
    driver = running;
  }

  /**
   * Returns what drives it.
   *
   * @throws IllegalStateException if it never started
   */
  public synchronized ChromeDriver driver() {
    if (driver == null) {
      throw new IllegalStateException("the browser has not started");
    }
    return driver;
  }

  /** Returns whether it is ending or has ended, be it that the process is told to end. */
  public synchronized boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is being told to end right now: the hook runs and does it all.
      return;
    }
    end();
  }

  private void end() {
    @Nullable ChromeDriver running;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      running = driver;
    }
    List<ProcessHandle> own = children();
    own.removeAll(others);
    if (running != null) {
      quit(running);
      own.forEach(FreshBrowser::await);
    }
    own.forEach(ProcessHandle::destroyForcibly);
    remove();
  }

  private static List<ProcessHandle> children() {
    return new ArrayList<>(ProcessHandle.current().descendants().toList());
  }

  private static void quit(ChromeDriver running) {
    try {
      running.quit();
    } catch (WebDriverException gone) {
      // It ended before: by itself, or by the signal that ends this process too.
      assert gone != null;
    }
  }

  private static void await(ProcessHandle process) {
    try {
      process.onExit().get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void remove() {
    try (Stream<Path> all = Files.walk(profile)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException left) {
      // Something may still write into it; the system clears temporary folders.
      assert left != null;
    }
  }
}

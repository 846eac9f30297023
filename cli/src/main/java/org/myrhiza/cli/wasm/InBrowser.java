// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.browser.Browsers;
import org.myrhiza.cli.browser.FreshBrowser;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.cli.tools.Page;
import org.myrhiza.frame.Authority;
import org.myrhiza.relay.server.RelayOptions;
import org.myrhiza.relay.server.RelayServer;
import org.myrhiza.relay.server.RelayStartException;
import org.myrhiza.testkit.wast.WastReport;
import org.myrhiza.tools.run.RunJob;
import org.myrhiza.tools.run.RunResult;
import org.myrhiza.tools.wire.ReportText;
import org.myrhiza.tools.wire.RunText;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The browser's own WebAssembly, in a worker of a headless Chromium. The page and the worker come
 * from a server of this process on the loopback address; what is to run goes in, and answers come
 * out, through the driver, so that nobody else on this machine sees them.
 */
final class InBrowser implements Place {
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final RelayServer server;
  private final FreshBrowser browser;

  private final Deadline deadline;

  private InBrowser(RelayServer server, FreshBrowser browser, Deadline deadline) {
    this.deadline = deadline;
    this.server = server;
    this.browser = browser;
  }

  /** Starts a browser and returns once its worker listens. */
  static InBrowser open(Terminal terminal, Deadline deadline) throws Failure {
    Browsers.require();
    progress(terminal, "starting a browser");
    RelayServer server = serve();
    try {
      InBrowser place = loaded(server, FreshBrowser.open(), deadline);
      String version = place.browser.driver().getCapabilities().getBrowserVersion();
      progress(terminal, "running in Chromium " + version);
      return place;
    } catch (Failure failed) {
      server.close();
      throw failed;
    }
  }

  private static InBrowser loaded(RelayServer server, FreshBrowser browser, Deadline deadline)
      throws Failure {
    InBrowser place = new InBrowser(server, browser, deadline);
    try {
      place.load();
      return place;
    } catch (Failure failed) {
      browser.close();
      throw failed;
    }
  }

  private static void progress(Terminal terminal, String text) {
    terminal.note(terminal.style(Terminal.Style.DIM, text));
  }

  private static RelayServer serve() throws Failure {
    try {
      return RelayServer.start(
          RelayOptions.defaults().withListen(new Authority("127.0.0.1", 0)).withPage(Page.tools()));
    } catch (RelayStartException failed) {
      throw new Failure(ExitCode.FAILED, "listen", String.valueOf(failed.getMessage()), "", "");
    }
  }

  private void load() throws Failure {
    try {
      browser.driver().get(server.pageUrl());
      next("listening");
    } catch (TimeoutException late) {
      throw deadline.passed();
    } catch (WebDriverException gone) {
      throw gone(gone);
    }
  }

  @Override
  public RunResult run(RunJob job) throws Failure {
    return RunText.result(answer("run", RunText.of(job), job.component()));
  }

  @Override
  public WastReport wast(String script) throws Failure {
    return ReportText.report(answer("wast", script, Bytes.EMPTY));
  }

  private String answer(String type, String text, Bytes bytes) throws Failure {
    String base64 = Base64.getEncoder().encodeToString(bytes.toArray());
    try {
      browser.driver().executeScript("ask(...arguments)", type, text, base64);
      return next("answer");
    } catch (TimeoutException late) {
      throw deadline.passed();
    } catch (WebDriverException gone) {
      throw gone(gone);
    }
  }

  /** The text of the worker's next message, which is to be of this type. */
  private String next(String expected) throws Failure {
    Map<?, ?> seen =
        Objects.requireNonNull(
            new WebDriverWait(browser.driver(), deadline.left(), GLANCE)
                .until(_ -> (Map<?, ?>) browser.driver().executeScript("return look()")),
            "the wait ends with a message");
    String text = String.valueOf(seen.get("text"));
    if (!expected.equals(seen.get("type"))) {
      throw new Failure(
          ExitCode.FAILED,
          "browser",
          "the worker in the browser failed: " + text,
          "Please report it. The other engines may do: --engine compiled.",
          "");
    }
    return text;
  }

  /** The browser is no longer there. If this process is being told to end, that is why. */
  private Failure gone(WebDriverException gone) {
    if (browser.ended()) {
      awaitTheEnd();
    }
    return new Failure(
        ExitCode.FAILED,
        "browser",
        "the browser ended: " + Browsers.firstLine(gone),
        "Try again, or with another --engine.",
        "");
  }

  private static void awaitTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    browser.close();
    server.close();
  }
}

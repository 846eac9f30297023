// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bench.calls.CounterCalls;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.frame.Authority;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.relay.server.PageFiles;
import org.myrhiza.relay.server.RelayOptions;
import org.myrhiza.relay.server.RelayServer;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Calls into the counter's apply, without log, store and signatures, on three engines. */
final class Calls {
  private static final int NATIVE_CALLS = 200_000;
  private static final int INTERPRETED_CALLS = 20_000;
  private static final int BROWSER_CALLS = 50_000;
  private static final int CHECKED_CALLS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final List<String> OWN = List.of("index.html", "page.js", "worker.js");

  private Calls() {}

  static List<Figure> measureNative(Rig rig) throws Refused {
    rig.say("calls on Chicory");
    long compiled = onChicory(rig, ChicoryEngine::compiled, CHECKED_CALLS).fuel();
    sameFuel(
        "the interpreter", onChicory(rig, ChicoryEngine::interpreted, CHECKED_CALLS), compiled);
    return List.of(
        figure("chicory-compiled", onChicory(rig, ChicoryEngine::compiled, NATIVE_CALLS)),
        figure(
            "chicory-interpreted", onChicory(rig, ChicoryEngine::interpreted, INTERPRETED_CALLS)));
  }

  static List<Figure> measurePage(Rig rig, Path root) throws Refused {
    rig.say("calls in Chromium");
    long compiled = onChicory(rig, ChicoryEngine::compiled, BROWSER_CALLS).fuel();
    CounterCalls.Run run = inChromium(rig, root);
    sameFuel("Chromium", run, compiled);
    return List.of(figure("browser", run));
  }

  private static void sameFuel(String what, CounterCalls.Run run, long expected) throws Refused {
    if (run.fuel() != expected) {
      throw new Refused(what + " used " + run.fuel() + " fuel, expected " + expected);
    }
  }

  private static Figure figure(String engine, CounterCalls.Run run) throws Refused {
    String digest = CounterCalls.expected((int) (2 * run.calls())).toHex();
    Refused.unlessEqual(engine, run.digest().toHex(), digest);
    Figure.Setup setup = new Figure.Setup("none", "none", "on", engine);
    String detail =
        run.calls()
            + " applies of the counter after as many for warm-up, "
            + run.fuel() / (2 * run.calls())
            + " fuel each, state committed; digest as the rules say, fuel as on the other engine";
    return new Figure("calls, " + engine, run.perSecond(), "calls/s", setup, detail);
  }

  /** Makes the engine on the thread that uses it. */
  private interface EngineMaker {
    ChicoryEngine make();
  }

  private static CounterCalls.Run onChicory(Rig rig, EngineMaker maker, int calls) throws Refused {
    CompletableFuture<CounterCalls.Run> done = new CompletableFuture<>();
    Runnable work =
        () -> {
          try {
            CounterCalls loop = new CounterCalls(StoredReplay.open(rig.counter(), maker.make()));
            loop.run(calls, System::nanoTime);
            done.complete(loop.run(calls, System::nanoTime));
          } catch (Refused | IllegalStateException failed) {
            done.completeExceptionally(failed);
          }
        };
    Thread thread = new Thread(null, work, "bench-calls", ChicoryEngine.STACK_BYTES);
    thread.start();
    try {
      return done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException failed) {
      throw new Refused("the calls on Chicory", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted", ended);
    }
  }

  private static CounterCalls.Run inChromium(Rig rig, Path root) throws Refused {
    RelayOptions options =
        RelayOptions.defaults()
            .withListen(new Authority("127.0.0.1", 0))
            .withPage(PageFiles.of(files(rig, root)));
    ChromeDriver driver = HeadlessChromium.open(rig.profile());
    try (RelayServer server = RelayServer.start(options)) {
      driver.get(server.pageUrl() + "?calls=" + BROWSER_CALLS);
      new WebDriverWait(driver, PATIENCE, GLANCE)
          .until(d -> shown(driver, "result") != null || shown(driver, "failed") != null);
      String result = shown(driver, "result");
      if (result == null) {
        throw new Refused("the worker failed: " + shown(driver, "failed"));
      }
      List<String> parts = List.of(result.split(" ", -1));
      return new CounterCalls.Run(
          Long.parseLong(parts.get(0)),
          Long.parseLong(parts.get(1)),
          Long.parseLong(parts.get(2)),
          Bytes.hex(parts.get(3)));
    } catch (IOException failed) {
      throw new Refused("the page is not served", failed);
    } finally {
      driver.quit();
    }
  }

  private static @Nullable String shown(ChromeDriver driver, String name) {
    Object value =
        driver.executeScript("return document.documentElement.dataset." + name + " ?? null");
    return value == null ? null : value.toString();
  }

  /** The measuring page: its own files, the compiled loop, the product's modules, the bundle. */
  private static Map<String, Bytes> files(Rig rig, Path root) throws Refused {
    Map<String, Bytes> files = new TreeMap<>();
    try {
      Path packed = root.resolve("web/target/classes/page");
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(packed, "v-*")) {
        for (Path version : versions) {
          addScripts(files, version);
        }
      }
      addScripts(files, root.resolve("bench/target/compiled"));
      for (String name : OWN) {
        files.put(name, resource(name));
      }
    } catch (IOException failed) {
      throw new Refused("the page is not built", failed);
    }
    files.put("counter.bundle", rig.counter().encode());
    return files;
  }

  private static void addScripts(Map<String, Bytes> files, Path folder) throws IOException {
    List<Path> scripts = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.js")) {
      found.forEach(scripts::add);
    }
    for (Path script : scripts) {
      files.put(String.valueOf(script.getFileName()), Bytes.adopt(Files.readAllBytes(script)));
    }
  }

  private static Bytes resource(String name) {
    try (@Nullable InputStream in = Calls.class.getResourceAsStream("/bench/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource /bench/" + name);
      }
      return Bytes.adopt(in.readAllBytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

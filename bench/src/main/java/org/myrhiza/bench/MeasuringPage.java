// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.frame.Authority;
import org.myrhiza.relay.server.PageFiles;
import org.myrhiza.relay.server.RelayOptions;
import org.myrhiza.relay.server.RelayServer;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A page that measures in a worker, in a fresh Chromium, served by a relay as the product's is. */
final class MeasuringPage {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final List<String> OWN = List.of("index.html", "page.js", "worker.js");

  private final Rig rig;
  private final Map<String, Bytes> files = new TreeMap<>();

  private MeasuringPage(Rig rig) {
    this.rig = rig;
  }

  /**
   * The compiled loops and the product's modules, and a page's own files.
   *
   * @param root the repository's root
   * @param folder where the page's own files lie among the resources, ending with a slash
   */
  static MeasuringPage of(Rig rig, Path root, String folder) throws Refused {
    MeasuringPage page = new MeasuringPage(rig);
    try {
      Path packed = root.resolve("web/target/classes/page");
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(packed, "v-*")) {
        for (Path version : versions) {
          page.addAll(version, "*.js", "");
        }
      }
      page.addAll(root.resolve("bench/target/faster"), "*.js", "");
    } catch (IOException failed) {
      throw new Refused("the page is not built", failed);
    }
    for (String name : OWN) {
      page.add(name, resource(folder + name));
    }
    return page;
  }

  MeasuringPage add(String name, Bytes contents) {
    files.put(name, contents);
    return this;
  }

  MeasuringPage addResource(String name, String resource) {
    return add(name, resource(resource));
  }

  /** Adds the files of a folder that a pattern fits. */
  MeasuringPage addAll(Path folder, String pattern, String prefix) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      for (Path file : found) {
        add(prefix + file.getFileName(), Bytes.adopt(Files.readAllBytes(file)));
      }
    }
    return this;
  }

  /** Opens the page and waits for what its worker answers. */
  String answer(String query) throws Refused {
    RelayOptions options =
        RelayOptions.defaults()
            .withListen(new Authority("127.0.0.1", 0))
            .withPage(PageFiles.of(files));
    ChromeDriver driver = HeadlessChromium.open(rig.profile());
    try (RelayServer server = RelayServer.start(options)) {
      driver.get(server.pageUrl() + query);
      new WebDriverWait(driver, PATIENCE, GLANCE)
          .until(d -> shown(driver, "result") != null || shown(driver, "failed") != null);
      String result = shown(driver, "result");
      if (result == null) {
        throw new Refused("the worker failed: " + shown(driver, "failed"));
      }
      return result;
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

  private static Bytes resource(String name) {
    try (@Nullable InputStream in = MeasuringPage.class.getResourceAsStream("/bench/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource /bench/" + name);
      }
      return Bytes.adopt(in.readAllBytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.myrhiza.bench.component.ComponentCalls;
import org.myrhiza.bench.component.ComponentLoad;
import org.myrhiza.bench.component.ImageRestore;
import org.myrhiza.bench.component.MeteringOverhead;
import org.myrhiza.bench.component.Samples;

/** What components cost, on Chicory and in Chromium, there beside {@code jco transpile}. */
final class Components {
  private static final double NANOS = 1e9;
  private static final double MICRO = 1e3;

  /** What each step of loading is. */
  private static final Map<String, String> STEPS =
      Map.of(
          "decode", "the component's sections into definitions",
          "validate", "types, imports, exports and all code; decoding taken off",
          "rewrite", "the core modules, so that they keep their accounts",
          "link", "decode, validate, rewrite and resolve, in one",
          "compile", "median of single compilations, each of bytes that are new to the engine",
          "instantiate", "all core instances, their image included");

  private static final String CHICORY = "chicory-compiled";
  private static final String BROWSER = "browser";

  private Components() {}

  static Path files(Path root) {
    return root.resolve("bench/target/components");
  }

  /** Calls of each kind of signature. */
  static List<Figure> calls(Rig rig, Path root) throws Refused {
    rig.say("calls into a component on Chicory");
    Samples chicory =
        GuestThread.run(
            "calls on Chicory",
            () -> new ComponentCalls(new JvmPlatform(files(root))).run(name -> null));
    rig.say("calls into a component in Chromium");
    Samples browser = inChromium(rig, root, "calls");
    List<Figure> figures = new ArrayList<>();
    for (String name : ComponentCalls.FUNCTIONS) {
      requireSame(name + ".fuel", chicory, browser);
      addCalls(figures, name, CHICORY, chicory);
      addCalls(figures, name, BROWSER, browser);
    }
    return figures;
  }

  private static void addCalls(List<Figure> figures, String name, String engine, Samples samples) {
    boolean beside = samples.names().contains(name + ".jco");
    long fuel = (long) samples.get(name + ".fuel");
    for (String way : List.of("restored", "proceeding")) {
      if (samples.names().contains(name + "." + way)) {
        double nanos = samples.get(name + "." + way);
        String detail =
            String.format(
                Locale.ROOT, "%.0f ns a call, %d fuel, the result checked each time", nanos, fuel);
        if (beside) {
          double theirs = samples.get(name + ".jco");
          detail +=
              String.format(
                  Locale.ROOT,
                  "; %.2f times as fast as jco transpile in the same worker: %.0f ns, %,.0f a second",
                  theirs / nanos,
                  theirs,
                  NANOS / theirs);
        }
        figures.add(
            new Figure(
                "component call, " + name + ", " + way + ", " + engine,
                NANOS / nanos,
                "calls/s",
                setup("on", engine),
                detail));
      }
    }
  }

  /** Metering: the same core module rewritten and as it is. */
  static List<Figure> overhead(Rig rig, Path root) throws Refused {
    rig.say("metering overhead on Chicory");
    Samples chicory =
        GuestThread.run(
            "overhead on Chicory", () -> new MeteringOverhead(new JvmPlatform(files(root))).run());
    rig.say("metering overhead in Chromium");
    Samples browser = inChromium(rig, root, "overhead");
    List<Figure> figures = new ArrayList<>();
    for (String kernel : MeteringOverhead.kernels()) {
      requireSame(kernel + ".fuel", chicory, browser);
      figures.add(overhead(kernel, CHICORY, chicory));
      figures.add(overhead(kernel, BROWSER, browser));
    }
    return figures;
  }

  private static Figure overhead(String kernel, String engine, Samples samples) {
    double raw = samples.get(kernel + ".raw");
    double metered = samples.get(kernel + ".metered");
    String detail =
        String.format(
            Locale.ROOT,
            "%.1f us as it is, %.1f us metered, %.0f fuel, the result checked each time",
            raw / MICRO,
            metered / MICRO,
            samples.get(kernel + ".fuel"));
    String name = "metering overhead, " + kernel + ", " + engine;
    return new Figure(name, metered / raw, "times", setup("on against off", engine), detail);
  }

  /** Restoring an image against instantiating. */
  static List<Figure> image(Rig rig, Path root) throws Refused {
    rig.say("images on Chicory");
    Samples chicory =
        GuestThread.run(
            "images on Chicory", () -> new ImageRestore(new JvmPlatform(files(root))).run());
    rig.say("images in Chromium");
    Samples browser = inChromium(rig, root, "image");
    List<Figure> figures = new ArrayList<>();
    for (int pages : ImageRestore.PAGES) {
      addImage(figures, pages, CHICORY, chicory);
      addImage(figures, pages, BROWSER, browser);
    }
    return figures;
  }

  private static void addImage(List<Figure> figures, int pages, String engine, Samples samples) {
    for (String way : List.of("clean", "dirty", "anew")) {
      String detail =
          switch (way) {
            case "clean" -> "restored in place, nothing written since";
            case "dirty" -> "restored in place, all of it written since; the writing taken off";
            default -> "one core instance made anew, its module prepared";
          };
      figures.add(
          new Figure(
              "image, " + pages + (pages == 1 ? " page, " : " pages, ") + way + ", " + engine,
              samples.get(pages + "." + way) / MICRO,
              "us",
              setup("on", engine),
              detail));
    }
  }

  /** From bytes to the first call, for components of three sizes. */
  static List<Figure> load(Rig rig, Path root) throws Refused {
    List<Figure> figures = new ArrayList<>();
    for (String measurement : ComponentLoad.MEASUREMENTS) {
      rig.say(measurement + " on Chicory");
      Samples chicory = ColdStart.inOwnProcess(files(root), measurement);
      rig.say(measurement + " in Chromium");
      Samples browser = inChromium(rig, root, measurement);
      requireSame("fuel", chicory, browser);
      requireSame("rewritten", chicory, browser);
      addLoad(figures, measurement, CHICORY, chicory);
      addLoad(figures, measurement, BROWSER, browser);
    }
    return figures;
  }

  private static void addLoad(
      List<Figure> figures, String measurement, String engine, Samples samples) {
    String what = "component load, " + ComponentLoad.size(measurement) + ", ";
    String size =
        String.format(
            Locale.ROOT,
            "%,.0f bytes, %,.0f rewritten",
            samples.get("bytes"),
            samples.get("rewritten"));
    Figure.Setup setup = setup("on", engine);
    for (String step : ComponentLoad.STEPS) {
      double micros = samples.get("warm." + step) / MICRO;
      String detail = size + "; " + STEPS.get(step);
      figures.add(new Figure(what + step + ", " + engine, micros, "us", setup, detail));
    }
    double all = 0;
    StringBuilder parts = new StringBuilder();
    for (String step : ComponentLoad.COLD) {
      double nanos = samples.get("cold." + step);
      all += nanos;
      parts.append(String.format(Locale.ROOT, "; %s %,.0f", step, nanos / MICRO));
    }
    String detail = size + "; the first in its process or page" + parts;
    figures.add(new Figure(what + "cold, " + engine, all / MICRO, "us", setup, detail));
  }

  /** What a page loads for one component more. */
  static List<Figure> glue(Rig rig, Path root) throws Refused {
    rig.say("glue in Chromium");
    Samples seen = inChromium(rig, root, "glue");
    List<Figure> figures = new ArrayList<>();
    for (String whose : List.of("ours", "jco")) {
      String detail =
          String.format(
              Locale.ROOT,
              "of JavaScript for one component more, %.0f as served with gzip; besides %.0f bytes"
                  + " that are not JavaScript, %.0f files in all, by the browser's own count",
              seen.get(whose + ".js.packed"),
              seen.get(whose + ".other.plain"),
              seen.get(whose + ".files"));
      figures.add(
          new Figure(
              "glue for one component, " + whose,
              seen.get(whose + ".js.plain"),
              "bytes",
              Figure.Setup.NONE,
              detail));
    }
    return figures;
  }

  private static void requireSame(String sample, Samples chicory, Samples browser) throws Refused {
    if ((long) chicory.get(sample) != (long) browser.get(sample)) {
      throw new Refused(
          String.format(
              Locale.ROOT,
              "%s: %.0f on Chicory, %.0f in Chromium",
              sample,
              chicory.get(sample),
              browser.get(sample)));
    }
  }

  private static Figure.Setup setup(String metering, String engine) {
    return new Figure.Setup("none", "none", metering, engine);
  }

  private static Samples inChromium(Rig rig, Path root, String measurement) throws Refused {
    MeasuringPage page = MeasuringPage.of(rig, root, "component/");
    page.addResource("rival.js", "component/rival.js");
    try {
      page.addAll(files(root), "*.wasm", "").addAll(files(root).resolve("jco"), "*", "jco/");
    } catch (IOException failed) {
      throw new Refused("the components are not built", failed);
    }
    return Samples.parse(page.answer("?measure=" + measurement));
  }
}

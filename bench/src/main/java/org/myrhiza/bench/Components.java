// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.myrhiza.bench.component.ComponentCalls;
import org.myrhiza.bench.component.Samples;

/** What components cost, on Chicory and in Chromium, there beside {@code jco transpile}. */
final class Components {
  private static final double NANOS = 1e9;
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
      long fuel = (long) chicory.get(name + ".fuel");
      if (fuel != (long) browser.get(name + ".fuel")) {
        throw new Refused(name + " uses another fuel in Chromium");
      }
      addCalls(figures, name, CHICORY, chicory);
      addCalls(figures, name, BROWSER, browser);
    }
    return figures;
  }

  private static void addCalls(
      List<Figure> figures, String name, String engine, Samples samples) {
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
                new Figure.Setup("none", "none", "on", engine),
                detail));
      }
    }
  }

  private static Samples inChromium(Rig rig, Path root, String measurement) throws Refused {
    MeasuringPage page = MeasuringPage.of(rig, root, "component/");
    page.addResource("rival.js", "component/rival.js");
    try {
      page.addAll(files(root), "*.wasm", "").addAll(files(root).resolve("jco"), "*", "jco/");
      page.addAll(root.resolve("apps/target/fixtures"), "rejecter.wasm", "");
    } catch (IOException failed) {
      throw new Refused("the components are not built", failed);
    }
    return Samples.parse(page.answer("?measure=" + measurement));
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import java.util.List;
import org.myrhiza.bench.calls.CounterCalls;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.jvm.engine.ChicoryEngine;

/** Calls into the counter's apply, without log, store and signatures, on three engines. */
final class Calls {
  private static final int NATIVE_CALLS = 200_000;
  private static final int INTERPRETED_CALLS = 20_000;
  private static final int BROWSER_CALLS = 50_000;
  private static final int CHECKED_CALLS = 1_000;

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
    return GuestThread.run(
        "the calls on Chicory",
        () -> {
          CounterCalls loop = new CounterCalls(StoredReplay.open(rig.counter(), maker.make()));
          loop.run(calls, System::nanoTime);
          return loop.run(calls, System::nanoTime);
        });
  }

  private static CounterCalls.Run inChromium(Rig rig, Path root) throws Refused {
    String result =
        MeasuringPage.of(rig, root, "")
            .add("counter.bundle", rig.counter().encode())
            .answer("?calls=" + BROWSER_CALLS);
    List<String> parts = List.of(result.split(" ", -1));
    return new CounterCalls.Run(
        Long.parseLong(parts.get(0)),
        Long.parseLong(parts.get(1)),
        Long.parseLong(parts.get(2)),
        Bytes.hex(parts.get(3)));
  }
}

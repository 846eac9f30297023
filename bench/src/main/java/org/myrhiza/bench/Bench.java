// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the measurements: {@code bench/run [--json] [--events N] [--only NAME]}. */
public final class Bench {
  /** Each measurement takes as many events as it usually does. */
  private static final int USUAL = 0;

  /** What takes many minutes runs only when it is asked for by its name. */
  private static final Set<String> LONG =
      Set.of("ingest", "restart", "join-chat", "join-chat-page");

  private static final int USAGE = 2;
  private static final int REFUSED = 1;

  private final Path root;
  private final int events;
  private final Consumer<Figure> shown;

  private Bench(Path root, int events, Consumer<Figure> shown) {
    this.root = root;
    this.events = events;
    this.shown = shown;
  }

  /** One measurement; it gives figures or says why it gives none. */
  private interface Measurement {
    List<Figure> run(Rig rig) throws Refused;
  }

  /** Starts from the command line. Figures go to standard output, progress to standard error. */
  public static void main(String[] args) throws IOException {
    boolean json = false;
    int events = USUAL;
    String only = "";
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--json" -> json = true;
        case "--events" -> events = i + 1 < args.length ? whole(args[++i]) : -1;
        case "--only" -> only = i + 1 < args.length ? args[++i] : "";
        default -> events = -1;
      }
    }
    PrintStream out = System.out;
    boolean asJson = json;
    Path root = Path.of(System.getProperty("myrhiza.root", "."));
    Bench bench =
        new Bench(root, events, figure -> out.println(asJson ? figure.json() : figure.text()));
    if (events < USUAL || !(only.isEmpty() || bench.all().containsKey(only))) {
      System.err.println("usage: bench/run [--json] [--events N] [--only NAME]");
      System.err.println("names: " + String.join(", ", bench.all().keySet()));
      System.exit(USAGE);
    }
    System.exit(bench.run(only) ? 0 : REFUSED);
  }

  private static int whole(String text) {
    return text.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(text) : -1;
  }

  private Map<String, Measurement> all() {
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("size", rig -> PageSize.measure(rig, root));
    all.put("state", rig -> StateCosts.measure(rig.sizes(StateCosts.USUAL).getFirst()));
    all.put("late-event", LateEvent::measure);
    all.put("reconcile", Reconciling::measure);
    all.put("attacks", rig -> Attacking.measure(rig.events(), rig::say));
    all.put("calls", Calls::measureNative);
    all.put("calls-page", rig -> Calls.measurePage(rig, root));
    all.put("component-calls", rig -> Components.calls(rig, root));
    all.put("overhead", rig -> Components.overhead(rig, root));
    all.put("component-load", rig -> Components.load(rig, root));
    all.put("image", rig -> Components.image(rig, root));
    all.put("glue", rig -> Components.glue(rig, root));
    all.put("events", Writing::measure);
    all.put("ingest", Ingest::measure);
    all.put("restart", Restarting::measure);
    all.put("join-chat", rig -> JoinChat.measure(rig, false));
    all.put("join-chat-page", rig -> JoinChat.measure(rig, true));
    all.put("latency", Latency::measure);
    all.put("join", LateJoin::measureNative);
    all.put("join-page", LateJoin::measurePage);
    return all;
  }

  /** Runs one or all; false if one gave no figure. */
  private boolean run(String only) throws IOException {
    boolean good = true;
    for (Map.Entry<String, Measurement> each : all().entrySet()) {
      if (only.isEmpty() ? LONG.contains(each.getKey()) : !only.equals(each.getKey())) {
        continue;
      }
      try (Rig rig = Rig.open(root, events, text -> System.err.println(text))) {
        each.getValue().run(rig).forEach(shown);
      } catch (Refused refused) {
        System.err.println(each.getKey() + ": no figure: " + refused.getMessage());
        good = false;
      }
    }
    return good;
  }
}

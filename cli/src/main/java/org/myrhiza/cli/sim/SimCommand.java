// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.cli.wasm.GuestThread;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.scenario.Play;
import org.myrhiza.testkit.scenario.Report;
import org.myrhiza.testkit.scenario.Scenario;
import org.myrhiza.testkit.scenario.ScenarioRun;
import org.myrhiza.testkit.scenario.ScenarioText;
import org.myrhiza.testkit.scenario.Scenarios;
import org.myrhiza.testkit.scenario.Shrinker;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.SimPlatform;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Runs many peers in this process under one seed, lets things go wrong, and judges the outcome. */
@Command(
    name = "sim",
    description =
        "Simulate peers that run an app together while things go wrong. They must come to agree,"
            + " and nothing that was acknowledged may be missing. The same seed gives the same run"
            + " everywhere.",
    footer = {
      "",
      "Example: myrhiza sim --peers 25 --events 60 --seed 7 --faults all --json",
      "Example: myrhiza sim --seed 7 --shrink failing.sim",
      "Example: myrhiza sim --replay failing.sim"
    })
public final class SimCommand extends BaseCommand {
  private static final int MOST_PEERS = 1_000;
  private static final int MOST_EVENTS = 100_000;

  @Option(
      names = "--peers",
      paramLabel = "N",
      defaultValue = "25",
      description = "Peers, 2 to 1000; 25 if not given.")
  private int peers;

  @Option(
      names = "--events",
      paramLabel = "M",
      defaultValue = "60",
      description = "Actions of users, 0 to 100000; 60 if not given.")
  private int events;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What everything random follows from; 1 if not given.")
  private long seed;

  @Option(
      names = "--faults",
      paramLabel = "LIST",
      defaultValue = FaultList.ALL,
      converter = FaultList.Converter.class,
      description =
          "all (if not given), none, or some of: delay, loss, duplicate, reorder, partition,"
              + " crash, torn-write, full-disk, lying-disk, clock, churn, fork, flood, withhold,"
              + " lie, mixed-engines, with commas between.")
  private FaultList faults = new FaultList(EnumSet.noneOf(FaultKind.class));

  @Option(
      names = "--app",
      paramLabel = "APP",
      description = "counter or poll; if not given, odd seeds take the counter.")
  private @Nullable String app;

  @Option(
      names = "--shrink",
      paramLabel = "FILE",
      description = "If the run fails, write the smallest script that fails like it.")
  private @Nullable Path shrink;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Run a script instead; peers, events, seed and faults are its own.")
  private @Nullable Path replay;

  /** Creates the command. */
  public SimCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    Scenario scenario = replay == null ? made() : read(replay);
    if (!Files.isDirectory(Repository.root().resolve("apps").resolve("target"))) {
      throw new Failure(
          ExitCode.MISSING, "no-apps", "the apps are not built", "Run ./check fixtures.", "");
    }
    NativePlatform.findApps();
    return GuestThread.call("simulation", () -> run(scenario));
  }

  private Scenario made() {
    requireRange("--peers", peers, 2, MOST_PEERS);
    requireRange("--events", events, 0, MOST_EVENTS);
    Play play = seed % 2 == 0 ? Play.POLL : Play.COUNTER;
    if (app != null) {
      String word = app;
      play =
          Play.of(word)
              .filter(known -> known != Play.TOY)
              .orElseThrow(() -> wrong("no app \"" + word + "\"; there are counter and poll"));
    }
    return Scenarios.make(seed, play, new Scenarios.Size(peers, events), faults.kinds());
  }

  private void requireRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(name + " is " + value + ", allowed are " + least + " to " + most);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  private static Scenario read(Path file) throws Failure {
    try {
      return ScenarioText.read(Files.readString(file));
    } catch (IOException failed) {
      throw new Failure(ExitCode.FAILED, "unreadable", "cannot read " + file, "", file.toString());
    } catch (ScenarioText.WrongScript wrong) {
      throw new Failure(
          ExitCode.WRONG_USE,
          "wrong-script",
          String.valueOf(wrong.getMessage()),
          "Scripts are written by --shrink.",
          file.toString());
    }
  }

  private Answer run(Scenario scenario) {
    SimPlatform platform = NativePlatform.open();
    progress(
        scenario.peers()
            + " peers, "
            + scenario.acts()
            + " events, seed "
            + scenario.seed()
            + ", app "
            + scenario.play().word());
    Report report = ScenarioRun.of(scenario, platform);
    report
        .problems()
        .forEach(problem -> progress(terminal().style(Terminal.Style.RED, problem.text())));
    boolean good = report.problems().isEmpty();
    if (!good && shrink != null) {
      write(shrink, smallest(scenario, report, platform));
    }
    return new Answer(json(scenario, report), text(report), good ? ExitCode.DONE : ExitCode.FAILED);
  }

  private Scenario smallest(Scenario scenario, Report failed, SimPlatform platform) {
    Report.Kind kind = failed.problems().get(0).kind();
    Shrinker shrinker =
        new Shrinker(candidate -> ScenarioRun.of(candidate, platform).has(kind), this::progress);
    return shrinker.shrink(scenario);
  }

  private void write(Path file, Scenario scenario) {
    try {
      Files.writeString(file, ScenarioText.write(scenario), StandardCharsets.UTF_8);
      progress("replay it with: myrhiza sim --replay " + file);
    } catch (IOException failed) {
      progress(terminal().style(Terminal.Style.RED, "cannot write " + file + ": " + failed));
    }
  }

  private void progress(String text) {
    terminal().note(terminal().style(Terminal.Style.DIM, text));
  }

  private static ObjectNode json(Scenario scenario, Report report) {
    ObjectNode json = Terminal.object();
    json.put("seed", scenario.seed());
    json.put("peers", scenario.peers());
    json.put("events", scenario.acts());
    json.put("converged", report.converged());
    json.put("steps", report.steps());
    ObjectNode counts = json.putObject("faults");
    for (FaultKind kind : scenario.faults()) {
      counts.put(kind.word(), report.injected().count(kind));
    }
    json.put("digest", report.digest().toHex());
    json.put("traceHash", report.traceHash().toHex());
    return json;
  }

  private static String text(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(report.converged() ? "converged" : "not converged");
    text.append(" after ").append(report.steps()).append(" steps\n");
    for (FaultKind kind : FaultKind.values()) {
      int count = report.injected().count(kind);
      if (count > 0) {
        text.append("  ").append(kind.word()).append(": ").append(count).append('\n');
      }
    }
    text.append("digest ").append(report.digest().toHex());
    return text.append("\ntrace  ").append(report.traceHash().toHex()).toString();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.myrhiza.cli.browser.Browsers;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.command.Stop;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole of Myrhiza on one machine. */
@Command(
    name = "demo",
    description = {
      "Run a relay, two native peers and a page on this machine: three apps, concurrent authors,",
      "links cut and healed, one digest."
    },
    footer = {"", "Example: myrhiza demo --headless --json"})
public final class DemoCommand extends BaseCommand {
  @Option(
      names = "--headless",
      description = "Drive a browser of its own, check the result, and exit.")
  private boolean headless;

  /** Creates the command. */
  public DemoCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    if (headless) {
      Browsers.require();
    }
    Optional<Path> kept = common().data();
    Path data = kept.orElseGet(DemoCommand::temporary);
    Cleanup cleanup = new Cleanup(data, kept.isEmpty());
    Stop stop = Stop.with(cleanup::run);
    try {
      Demo demo = Demo.start(data, sources(), this::progress);
      cleanup.closeFirst(demo);
      if (headless) {
        return headless(demo, data);
      }
      invite(demo);
      return terminal().redraws() && !common().json() ? live(demo, stop) : told(demo, stop);
    } finally {
      stop.disarm();
      cleanup.run();
    }
  }

  /** The answer when the rounds are over, then nothing until the end. */
  private Answer told(Demo demo, Stop stop) throws Failure {
    Answer played = played(demo, this::progress);
    terminal().answer(played, common().json());
    invite(demo);
    stop.await();
    return played;
  }

  /** A table that stays up to date, also when others join after the rounds. */
  private Answer live(Demo demo, Stop stop) throws Failure {
    try (LiveTable table = LiveTable.start(terminal(), demo)) {
      Consumer<String> above = text -> table.accept(terminal().style(Terminal.Style.DIM, text));
      Answer played = played(demo, above);
      above.accept("All rounds are done. The table stays; stop with Ctrl-C.");
      stop.await();
      return played;
    }
  }

  private Answer headless(Demo demo, Path data) throws Failure {
    progress("starting a browser");
    demo.join(new PagePlayer("page", Browsers.start(data.resolve("browser")), demo.page()));
    return played(demo, this::progress);
  }

  private void invite(Demo demo) {
    progress("");
    progress("page: " + demo.page());
    for (Staged app : demo.apps()) {
      progress(app.app() + ": " + demo.page() + "#" + app.invite());
    }
    progress("Open a link in a browser on this machine to join. Stop with Ctrl-C.");
    progress(
        "The first peer from another terminal: myrhiza app list --data " + demo.foundersData());
  }

  private Answer played(Demo demo, Consumer<String> progress) throws Failure {
    Run run = new Run(demo, progress);
    List<Run.Row> rows = run.play();
    List<String> faults = new Referee(demo, run).judge(rows);
    faults.forEach(fault -> progress.accept(terminal().style(Terminal.Style.RED, fault)));
    boolean converged = faults.isEmpty();
    return new Answer(
        json(rows, converged), DemoTable.of(rows), converged ? ExitCode.DONE : ExitCode.FAILED);
  }

  private static ObjectNode json(List<Run.Row> rows, boolean converged) {
    ObjectNode json = Terminal.object();
    json.put("converged", converged);
    ArrayNode peers = json.putArray("peers");
    for (Run.Row row : rows) {
      peers
          .addObject()
          .put("app", row.app().app())
          .put("peer", row.player().name())
          .put("stack", row.player().stack())
          .put("engine", row.player().engine())
          .put("authored", row.seen().authored())
          .put("accepted", row.seen().accepted())
          .put("rejected", row.seen().rejected())
          .put("events", row.seen().events())
          .put("rollbacks", row.seen().rollbacks())
          .put("digest", row.seen().digest())
          .put("millis", row.millis());
    }
    return json;
  }

  private void progress(String text) {
    terminal().note(terminal().style(Terminal.Style.DIM, text));
  }

  private static Path sources() {
    return Path.of(System.getProperty("myrhiza.root", ".")).resolve("apps").resolve("target");
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("myrhiza-demo-");
    } catch (IOException failed) {
      throw new IllegalStateException("no temporary folder can be made", failed);
    }
  }

  /** Closes the demonstration once and removes what was temporary. */
  private static final class Cleanup {
    private final Path data;
    private final boolean remove;
    private Optional<Demo> demo = Optional.empty();

    Cleanup(Path data, boolean remove) {
      this.data = data;
      this.remove = remove;
    }

    synchronized void closeFirst(Demo running) {
      demo = Optional.of(running);
    }

    synchronized void run() {
      demo.ifPresent(Demo::close);
      demo = Optional.empty();
      if (remove) {
        removeAll();
      }
    }

    private void removeAll() {
      try (Stream<Path> all = Files.walk(data)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      } catch (IOException | UncheckedIOException left) {
        // A browser may still write into its profile; the system clears temporary folders.
        assert left != null;
      }
    }
  }
}

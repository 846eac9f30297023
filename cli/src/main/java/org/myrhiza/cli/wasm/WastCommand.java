// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.myrhiza.cli.command.BaseCommand;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.wast.WastReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs component scripts against the bridge. */
@Command(
    name = "wast",
    description = "Run component scripts (.wast files, or folders of them) against the bridge.",
    footer = {"", "Example: myrhiza wasm wast ../shared/vectors/component-model --json"})
public final class WastCommand extends BaseCommand {
  private static final String ENDING = ".wast";

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Scripts, or folders of scripts.")
  private List<Path> paths = List.of();

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      converter = Runs.Converter.class,
      description = Runs.HELP)
  private Runs engine = Runs.COMPILED;

  /** Creates the command. */
  public WastCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      files.addAll(scripts(path));
    }
    Deadline deadline = new Deadline(common().timeout());
    Path apps = Repository.root().resolve("apps");
    List<String> scripts = new WastConverter(apps, System.getenv()).convert(files);
    List<WastReport> reports = new ArrayList<>();
    try (Place place = engine.open(terminal(), deadline)) {
      for (String script : scripts) {
        reports.add(place.wast(script));
      }
    }
    if (common().verbose()) {
      reports.forEach(this::showNotes);
    }
    return WastAnswers.of(reports);
  }

  private static List<Path> scripts(Path path) throws Failure {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.isDirectory(path) ? Files.walk(path) : Stream.empty()) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
              .sorted()
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException failed) {
      throw new Failure(ExitCode.FAILED, "unreadable", "cannot list " + path, "", path.toString());
    }
    throw new Failure(
        ExitCode.WRONG_USE,
        "no-script",
        "no script at " + path,
        "Name files, or folders that hold " + ENDING + " files.",
        path.toString());
  }

  private void showNotes(WastReport report) {
    for (WastReport.Note note : report.notes()) {
      String kind = note.kind().name().toLowerCase(Locale.ROOT);
      terminal().note(report.file() + ":" + note.line() + ": " + kind + ": " + note.text());
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;

/** Turns script files into scripts, by one process of Node for all of them. */
final class WastConverter {
  private final Path apps;
  private final Map<String, String> environment;

  /**
   * Creates one.
   *
   * @param apps the folder of {@code wast.mjs}
   * @param environment where to look for Node: {@code MYRHIZA_NODE_HOME}, then {@code PATH}
   */
  WastConverter(Path apps, Map<String, String> environment) {
    this.apps = apps;
    this.environment = environment;
  }

  /** Converts the files; the scripts come in their order, each as JSON text. */
  List<String> convert(List<Path> files) throws Failure {
    List<String> command = new ArrayList<>();
    command.add(node().toString());
    command.add(apps.resolve("wast.mjs").toString());
    files.forEach(file -> command.add(file.toString()));
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close();
      String answer = text(process.getInputStream());
      String complaint = text(process.getErrorStream());
      if (process.waitFor() != 0) {
        throw new Failure(
            ExitCode.FAILED, "wast", complaint.strip(), "If a package is missing: apps/build", "");
      }
      return answer.lines().toList();
    } catch (IOException failed) {
      throw new Failure(
          ExitCode.FAILED, "wast", "Node did not run: " + failed.getMessage(), "", command.get(0));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "stopped", "interrupted while converting", "", "");
    }
  }

  private static String text(InputStream from) throws IOException {
    return new String(from.readAllBytes(), StandardCharsets.UTF_8);
  }

  private Path node() throws Failure {
    List<Path> folders = new ArrayList<>();
    String home = environment.getOrDefault("MYRHIZA_NODE_HOME", "");
    if (!home.isEmpty()) {
      folders.add(Path.of(home, "bin"));
    }
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    Optional<Path> found =
        folders.stream()
            .map(folder -> folder.resolve("node"))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseThrow(() ->
        new Failure(
            ExitCode.MISSING,
            "no-node",
            "Node 20 or more is needed to read .wast files and was not found",
            "Linux: the package nodejs. macOS: brew install node. Elsewhere: put its folder on"
                + " PATH, or set MYRHIZA_NODE_HOME to the folder above its bin.",
            ""));
  }
}

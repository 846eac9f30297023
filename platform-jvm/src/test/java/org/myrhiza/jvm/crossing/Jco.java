// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.ExchangeJson;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;

/** Runs batches under jco, in one process of Node for all of them ({@code apps/crossing.mjs}). */
final class Jco {
  private Jco() {}

  /** What jco saw of each batch, in their order, as {@code apps/crossing.mjs} writes it. */
  static List<JsonValue> run(List<Batch> batches, Path folder) throws IOException {
    Path input = folder.resolve("batches.jsonl");
    List<String> lines = new ArrayList<>();
    batches.forEach(batch -> lines.add(ExchangeJson.of(batch)));
    Files.write(input, lines);
    Path errors = folder.resolve("errors.txt");
    Path script = Repository.root().resolve("apps/crossing.mjs");
    Process process =
        new ProcessBuilder(node(), script.toString())
            .redirectInput(input.toFile())
            .redirectError(errors.toFile())
            .start();
    try (Stream<String> answers = process.inputReader(StandardCharsets.UTF_8).lines()) {
      List<JsonValue> out = answers.map(Json::parse).toList();
      if (out.size() != batches.size()) {
        throw new AssertionError(
            "jco answered "
                + out.size()
                + " of "
                + batches.size()
                + " batches (is apps/build done?)"
                + ": "
                + Files.readString(errors));
      }
      return out;
    } finally {
      process.destroy();
    }
  }

  private static String node() {
    List<Path> folders = new ArrayList<>();
    String home = System.getenv().getOrDefault("MYRHIZA_NODE_HOME", "");
    if (!home.isEmpty()) {
      folders.add(Path.of(home, "bin"));
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      folders.add(Path.of(folder));
    }
    return folders.stream()
        .map(folder -> folder.resolve("node"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Node on PATH or in MYRHIZA_NODE_HOME"))
        .toString();
  }
}
